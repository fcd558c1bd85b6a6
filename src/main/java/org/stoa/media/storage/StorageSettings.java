package org.stoa.media.storage;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where files are kept.
 *
 * @param store {@code folder} for the data folder, or {@code s3}
 * @param endpoint of the store; empty for Amazon's own
 * @param accessKey empty takes what the machine offers (role, profile, environment)
 */
@ConfigurationProperties("stoa.media")
record StorageSettings(
        @DefaultValue("folder") String store,
        @DefaultValue("") String endpoint,
        @DefaultValue("us-east-1") String region,
        @DefaultValue("") String bucket,
        @DefaultValue("") String accessKey,
        @DefaultValue("") String secretKey) {}
