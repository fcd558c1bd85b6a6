package org.stoa.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.tomcat.util.http.InvalidParameterException;
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
    private static final String BROKEN =
            "Something went wrong on our side. Nothing you sent was half-kept; try again in a"
                    + " moment.";

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
                    case Problem.Invalid p -> HttpStatus.UNPROCESSABLE_CONTENT;
                };
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
            errors.add(new FieldError(error.getField(), String.valueOf(error.getDefaultMessage())));
        }
        writer.write(
                request,
                response,
                HttpStatus.UNPROCESSABLE_CONTENT,
                "Some fields need another value.",
                errors);
    }

    @ExceptionHandler
    void invalid(
            ConstraintViolationException e,
            HttpServletRequest request,
            HttpServletResponse response) {
        var errors =
                e.getConstraintViolations().stream()
                        .map(v -> new FieldError(argument(v.getPropertyPath()), v.getMessage()))
                        .toList();
        writer.write(
                request,
                response,
                HttpStatus.UNPROCESSABLE_CONTENT,
                "Some fields need another value.",
                errors);
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
                errors.add(new FieldError(name, String.valueOf(error.getDefaultMessage())));
            }
        }
        writer.write(
                request,
                response,
                HttpStatus.UNPROCESSABLE_CONTENT,
                "Some values need to be different.",
                errors);
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
                inPath ? "There is nothing at this address." : "A value has the wrong form.",
                inPath
                        ? noErrors()
                        : List.of(new FieldError(e.getName(), "This value has the wrong form.")));
    }

    @ExceptionHandler
    void unreadable(
            HttpMessageNotReadableException e,
            HttpServletRequest request,
            HttpServletResponse response) {
        if (e.contains(BodyTooLarge.class)) {
            writer.write(request, response, HttpStatus.CONTENT_TOO_LARGE, BodyTooLarge.MESSAGE);
            return;
        }
        if (e.getCause() instanceof JacksonException wrong && wellFormed(wrong)) {
            var errors =
                    wrong instanceof WrongFields fields
                            ? fields.errors()
                            : List.of(new FieldError(path(wrong), message(wrong)));
            writer.write(
                    request,
                    response,
                    HttpStatus.BAD_REQUEST,
                    "The body does not have the form this call takes.",
                    errors);
            return;
        }
        boolean malformed = e.getCause() instanceof JacksonException;
        writer.write(
                request,
                response,
                HttpStatus.BAD_REQUEST,
                malformed ? "The body is not well-formed JSON." : "The body cannot be read.");
    }

    @ExceptionHandler
    void tooLarge(
            MaxUploadSizeExceededException e,
            HttpServletRequest request,
            HttpServletResponse response) {
        writer.write(
                request,
                response,
                HttpStatus.CONTENT_TOO_LARGE,
                "This upload is larger than is taken here.");
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
        writer.write(request, response, HttpStatus.CONTENT_TOO_LARGE, BodyTooLarge.MESSAGE);
    }

    @ExceptionHandler
    void unreadable(
            MultipartException e, HttpServletRequest request, HttpServletResponse response) {
        writer.write(
                request, response, HttpStatus.BAD_REQUEST, "The upload's form cannot be read.");
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
        writer.write(request, response, HttpStatus.INTERNAL_SERVER_ERROR, BROKEN);
    }

    private static String sentence(Exception e, HttpStatus status) {
        if (e instanceof HttpRequestMethodNotSupportedException method) {
            return "This address does not take " + method.getMethod() + ".";
        }
        return sentence(status);
    }

    static String sentence(HttpStatus status) {
        return switch (status) {
            case NOT_FOUND -> "There is nothing at this address.";
            case UNSUPPORTED_MEDIA_TYPE -> "The body's type is not one this call takes.";
            case NOT_ACCEPTABLE -> "This address cannot answer in the form that was asked for.";
            case CONTENT_TOO_LARGE -> "What was sent is larger than is taken here.";
            case BAD_REQUEST -> "The request lacks something, or has it in the wrong form.";
            case INTERNAL_SERVER_ERROR -> BROKEN;
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
                ? "There is no field of this name."
                : "This value has the wrong type.";
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
