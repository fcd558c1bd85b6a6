package org.stoa.web.limits;

import static org.stoa.shared.Words.say;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.stoa.tenancy.Caller;
import org.stoa.web.ProblemWriter;

/** Holds every call that is not answered from the cache against the three general limits. */
@Component
@EnableConfigurationProperties(LimitSettings.class)
public class RateLimitInterceptor implements HandlerInterceptor {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final RateLimits limits;
    private final ProblemWriter problems;
    private final RateLimits.Rule byAddress;
    private final RateLimits.Rule byPerson;
    private final RateLimits.Rule bySchool;

    RateLimitInterceptor(RateLimits limits, ProblemWriter problems, LimitSettings settings) {
        this.limits = limits;
        this.problems = problems;
        byAddress = new RateLimits.Rule("address", settings.addressPerMinute(), MINUTE);
        byPerson = new RateLimits.Rule("person", settings.personPerMinute(), MINUTE);
        bySchool = new RateLimits.Rule("school", settings.schoolPerMinute(), MINUTE);
    }

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        var caller = Caller.current();
        var answer = limits.take(byAddress, request.getRemoteAddr());
        var person = caller.person();
        if (answer.granted() && person != null) {
            answer = limits.take(byPerson, person.toString());
        }
        var school = caller.organization();
        if (answer.granted() && school != null) {
            var ofSchool = limits.take(bySchool, school.id().toString());
            answer = ofSchool.granted() ? answer : ofSchool;
        }
        TooMany.describe(response, answer);
        if (!answer.granted()) {
            problems.write(
                    request, response, HttpStatus.TOO_MANY_REQUESTS, say("problem.tooManyCalls"));
        }
        return answer.granted();
    }
}
