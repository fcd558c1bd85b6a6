package org.stoa.web;

import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

/** The answer to a write that has not seen the present version. */
public final class Overtaken {
    private Overtaken() {}

    /**
     * A problem of status 409.
     *
     * @param theirs what stands there now, as the API shows it
     */
    public static ResponseEntity<ProblemDetail> by(Object theirs, String sentence) {
        var problem = ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT, sentence);
        problem.setProperty("errors", List.of());
        problem.setProperty("theirs", theirs);
        return ResponseEntity.status(HttpStatus.CONFLICT)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }
}
