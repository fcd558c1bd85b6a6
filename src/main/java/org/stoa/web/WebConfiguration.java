package org.stoa.web;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.tomcat.TomcatConnectorCustomizer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.web.method.support.HandlerMethodReturnValueHandler;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.stoa.web.access.AccessInterceptor;
import org.stoa.web.access.SecurityHeaders;
import org.stoa.web.limits.RateLimitInterceptor;

/** Wires pages, access and the bundle into Spring MVC. */
@Configuration(proxyBeanMethods = false)
class WebConfiguration implements WebMvcConfigurer {
    private final Pages pages;
    private final RateLimitInterceptor limits;
    private final AccessInterceptor access;

    WebConfiguration(Pages pages, RateLimitInterceptor limits, AccessInterceptor access) {
        this.pages = pages;
        this.limits = limits;
        this.access = access;
    }

    @Override
    public void addReturnValueHandlers(List<HandlerMethodReturnValueHandler> handlers) {
        handlers.add(pages);
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(limits).excludePathPatterns("/assets/**");
        registry.addInterceptor(access);
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        // Every file's name contains a hash of its content.
        registry.addResourceHandler("/assets/**")
                .addResourceLocations("classpath:/assets/")
                .setUseLastModified(false)
                .setCacheControl(
                        CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable());
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> connections() {
        TomcatConnectorCustomizer hold =
                connector -> {
                    connector.setProperty("maxKeepAliveRequests", "-1");
                    connector.setProperty("maxConnections", "20000");
                    // Each open stream has both; a page leaves in one write or two.
                    connector.setProperty("socket.appWriteBufSize", "12288");
                    connector.setProperty("socket.appReadBufSize", "4096");
                    // Browsers send these as they are typed.
                    connector.setProperty("relaxedQueryChars", "[]{}|^");
                    connector.setProperty("relaxedPathChars", "[]{}|^");
                };
        return factory -> factory.addConnectorCustomizers(hold);
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> lastAnswer(
            ProblemWriter problems, SecurityHeaders headers) {
        return factory ->
                factory.addContextCustomizers(context ->
                        context.getParent()
                                .getPipeline()
                                .addValve(new LastAnswer(problems, headers)));
    }
}
