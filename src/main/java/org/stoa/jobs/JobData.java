package org.stoa.jobs;

import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** What a job's row holds: for which school, and the payload. */
record JobData(UUID organization, JsonNode payload) {}
