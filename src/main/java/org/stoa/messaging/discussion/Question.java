package org.stoa.messaging.discussion;

import java.util.List;
import java.util.UUID;

/**
 * A question under a lesson and its answers, the first one first. Its id is that of its own post.
 *
 * @param resolved whoever asked, or the course's staff, say that it is answered
 * @param locked nobody answers any more
 */
public record Question(UUID id, boolean resolved, boolean locked, Post asked, List<Post> answers) {}
