package org.stoa.web.cache;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.stoa.web.access.SecurityHeaders;

/** Puts the kept pages in front of everything else in the server. */
@Configuration(proxyBeanMethods = false)
class CacheConfiguration {
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> keptPages(
            CachedPages pages, SecurityHeaders headers) {
        return factory -> factory.addEngineValves(new CachedPageValve(pages, headers));
    }
}
