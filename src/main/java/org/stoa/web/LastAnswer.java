package org.stoa.web;

import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.stoa.tenancy.Caller;
import org.stoa.web.access.SecurityHeaders;
import org.stoa.web.access.SpokenLanguage;

/**
 * Answers what went wrong where {@link Problems} does not see it: addresses and headers that Tomcat
 * itself refuses, and errors of filters. The answer has the same form as everywhere.
 */
final class LastAnswer extends ErrorReportValve {
    private static final Logger log = LoggerFactory.getLogger(LastAnswer.class);

    private final ProblemWriter problems;
    private final SecurityHeaders headers;

    LastAnswer(ProblemWriter problems, SecurityHeaders headers) {
        this.problems = problems;
        this.headers = headers;
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable thrown) {
        var status = status(response, thrown);
        if (!status.isError() || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        if (status.is5xxServerError()) {
            log.error("An unexpected error answered {}", request.getRequestURI(), thrown);
        }
        headers.of(request.isSecure()).forEach(response::setHeader);
        SpokenLanguage.run(
                Caller.anonymous(null),
                request,
                () -> problems.write(request, response, status, Problems.sentence(status)));
    }

    private static HttpStatus status(Response response, @Nullable Throwable thrown) {
        for (var cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidParameterException invalid) {
                return Problems.status(invalid);
            }
        }
        var status = HttpStatus.resolve(response.getStatus());
        return status == null ? HttpStatus.BAD_REQUEST : status;
    }
}
