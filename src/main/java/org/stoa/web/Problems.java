package org.stoa.web;

import static org.stoa.shared.Words.say;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.http.HttpStatus;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.server.ResponseStatusException;
import org.stoa.shared.Problem;
import org.stoa.shared.Problem.FieldError;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** The one place where what went wrong becomes an answer. */
@ControllerAdvice
@Order(0)
class Problems {
    private static final Logger log = LoggerFactory.getLogger(Problems.class);
    private final ProblemWriter writer;

    Problems(ProblemWriter writer) {
        this.writer = writer;
    }

    @ExceptionHandler
    void problem(Problem problem, HttpServletRequest request, HttpServletResponse response) {
        var status =
                switch (problem) {
                    case Problem.NotFound p -> HttpStatus.NOT_FOUND;
                    case Problem.Forbidden p -> HttpStatus.FORBIDDEN;
                    case Problem.Conflict p -> HttpStatus.CONFLICT;
                    case Problem.PaymentRequired p -> HttpStatus.PAYMENT_REQUIRED;
                    case Problem.Invalid p -> HttpStatus.UNPROCESSABLE_CONTENT;
                };
        if (problem instanceof Problem.PaymentRequired owed) {
            writer.owed(request, response, owed);
            return;
        }
        var errors = problem instanceof Problem.Invalid invalid ? invalid.errors() : noErrors();
        writer.write(request, response, status, String.valueOf(problem.getMessage()), errors);
    }

    /** The database is away or too busy: the same call may do in a moment. */
    @ExceptionHandler({
        DataAccessResourceFailureException.class,
        TransientDataAccessResourceException.class,
        CannotCreateTransactionException.class
    })
    void away(Exception e, HttpServletRequest request, HttpServletResponse response) {
        log.warn("The database did not answer: {}", e.getMessage());
        writer.away(request, response);
    }

    @ExceptionHandler
    void invalid(
            MethodArgumentNotValidException e,
            HttpServletRequest request,
            HttpServletResponse response) {
        var errors = new ArrayList<FieldError>();
        for (var error : e.getBindingResult().getFieldErrors()) {
            errors.add(new FieldError(error.getField(), said(error.getDefaultMessage())));
        }
        writer.write(
                request, response, HttpStatus.UNPROCESSABLE_CONTENT, say("problem.fields"), errors);
    }

    @ExceptionHandler
    void invalid(
            ConstraintViolationException e,
            HttpServletRequest request,
            HttpServletResponse response) {
        var errors =
                e.getConstraintViolations().stream()
                        .map(v ->
                                new FieldError(argument(v.getPropertyPath()), said(v.getMessage())))
                        .toList();
        writer.write(
                request, response, HttpStatus.UNPROCESSABLE_CONTENT, say("problem.fields"), errors);
    }

    @ExceptionHandler
    void invalid(
            HandlerMethodValidationException e,
            HttpServletRequest request,
            HttpServletResponse response) {
        var errors = new ArrayList<FieldError>();
        for (var result : e.getParameterValidationResults()) {
            var name = String.valueOf(result.getMethodParameter().getParameterName());
            for (var error : result.getResolvableErrors()) {
                errors.add(new FieldError(name, said(error.getDefaultMessage())));
            }
        }
        writer.write(
                request, response, HttpStatus.UNPROCESSABLE_CONTENT, say("problem.values"), errors);
    }

    @ExceptionHandler
    void wrongType(
            MethodArgumentTypeMismatchException e,
            HttpServletRequest request,
            HttpServletResponse response) {
        boolean inPath = request.getRequestURI().contains(String.valueOf(e.getValue()));
        writer.write(
                request,
                response,
                inPath ? HttpStatus.NOT_FOUND : HttpStatus.BAD_REQUEST,
                inPath ? say("problem.nothingHere") : say("problem.wrongForm"),
                inPath
                        ? noErrors()
                        : List.of(new FieldError(e.getName(), say("problem.thisWrongForm"))));
    }

    @ExceptionHandler
    void unreadable(
            HttpMessageNotReadableException e,
            HttpServletRequest request,
            HttpServletResponse response) {
        if (e.contains(BodyTooLarge.class)) {
            writer.write(request, response, HttpStatus.CONTENT_TOO_LARGE, BodyTooLarge.message());
            return;
        }
        if (e.getCause() instanceof JacksonException wrong && wellFormed(wrong)) {
            var errors =
                    wrong instanceof WrongFields fields
                            ? fields.errors()
                            : List.of(new FieldError(path(wrong), message(wrong)));
            writer.write(
                    request, response, HttpStatus.BAD_REQUEST, say("problem.bodyForm"), errors);
            return;
        }
        boolean malformed = e.getCause() instanceof JacksonException;
        writer.write(
                request,
                response,
                HttpStatus.BAD_REQUEST,
                malformed ? say("problem.notJson") : say("problem.unreadableBody"));
    }

    @ExceptionHandler
    void tooLarge(
            MaxUploadSizeExceededException e,
            HttpServletRequest request,
            HttpServletResponse response) {
        writer.write(
                request, response, HttpStatus.CONTENT_TOO_LARGE, say("problem.uploadTooLarge"));
    }

    @ExceptionHandler
    void unreadable(
            InvalidParameterException e, HttpServletRequest request, HttpServletResponse response) {
        var status = status(e);
        writer.write(request, response, status, sentence(status));
    }

    @ExceptionHandler
    void refused(
            RequestRejectedException e, HttpServletRequest request, HttpServletResponse response) {
        writer.write(request, response, HttpStatus.BAD_REQUEST, sentence(HttpStatus.BAD_REQUEST));
    }

    /** Parameters that cannot be decoded, or are more than is taken. */
    static HttpStatus status(InvalidParameterException e) {
        var status = HttpStatus.resolve(e.getErrorCode());
        return status == null || !status.is4xxClientError() ? HttpStatus.BAD_REQUEST : status;
    }

    @ExceptionHandler
    void tooLarge(BodyTooLarge e, HttpServletRequest request, HttpServletResponse response) {
        writer.write(request, response, HttpStatus.CONTENT_TOO_LARGE, BodyTooLarge.message());
    }

    @ExceptionHandler
    void unreadable(
            MultipartException e, HttpServletRequest request, HttpServletResponse response) {
        writer.write(request, response, HttpStatus.BAD_REQUEST, say("problem.unreadableUpload"));
    }

    @ExceptionHandler
    void gone(AsyncRequestNotUsableException e) {
        log.debug("The other side hung up: {}", e.getMessage());
    }

    @ExceptionHandler
    void anythingElse(Exception e, HttpServletRequest request, HttpServletResponse response) {
        if (e instanceof ErrorResponse known) {
            var status = HttpStatus.valueOf(known.getStatusCode().value());
            known.getHeaders()
                    .forEach((name, values) -> values.forEach(v -> response.addHeader(name, v)));
            writer.write(request, response, status, sentence(e, status));
            return;
        }
        log.error("An unexpected error answered {}", request.getRequestURI(), e);
        writer.write(request, response, HttpStatus.INTERNAL_SERVER_ERROR, say("problem.broken"));
    }

    /** Constraints carry the key of their sentence in braces. */
    private static String said(@Nullable String message) {
        return message != null && message.startsWith("{") && message.endsWith("}")
                ? say(message.substring(1, message.length() - 1))
                : String.valueOf(message);
    }

    private static String sentence(Exception e, HttpStatus status) {
        if (e instanceof ResponseStatusException said && said.getReason() != null) {
            return said.getReason();
        }
        if (e instanceof HttpRequestMethodNotSupportedException method) {
            return say("problem.method", method.getMethod());
        }
        return sentence(status);
    }

    static String sentence(HttpStatus status) {
        return switch (status) {
            case NOT_FOUND -> say("problem.nothingHere");
            case UNSUPPORTED_MEDIA_TYPE -> say("problem.mediaType");
            case NOT_ACCEPTABLE -> say("problem.notAcceptable");
            case CONTENT_TOO_LARGE -> say("problem.tooLarge");
            case BAD_REQUEST -> say("problem.badRequest");
            case INTERNAL_SERVER_ERROR -> say("problem.broken");
            default -> status.getReasonPhrase() + ".";
        };
    }

    /** Whether it is the meaning that is wrong; a number may be too large to be read as one. */
    static boolean wellFormed(JacksonException e) {
        return e instanceof DatabindException || e instanceof InputCoercionException;
    }

    /** The way to what is wrong, without the method that it was passed to. */
    private static String argument(Path path) {
        var steps = new ArrayList<String>();
        path.forEach(step -> steps.add(step.toString()));
        return String.join(".", steps.subList(Math.min(1, steps.size()), steps.size()));
    }

    static String message(JacksonException e) {
        return e instanceof UnrecognizedPropertyException
                ? say("problem.noSuchField")
                : say("problem.wrongType");
    }

    static String path(JacksonException e) {
        var path = new StringBuilder();
        for (var step : e.getPath()) {
            if (step.getPropertyName() != null) {
                path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
            } else {
                path.append('[').append(step.getIndex()).append(']');
            }
        }
        return path.toString();
    }

    private static List<FieldError> noErrors() {
        return List.of();
    }
}
