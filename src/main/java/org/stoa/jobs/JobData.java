package org.stoa.jobs;

import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * What a job's row holds.
 *
 * @param organization the school, or {@link Job#PLATFORM}
 */
record JobData(UUID organization, JsonNode payload) {}
