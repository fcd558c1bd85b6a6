package org.stoa.web.access;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Refuses to start with a route of ours that does not declare who may call it. */
@Component
@ConditionalOnWebApplication // a command answers no route
class DeclaredAccess implements SmartInitializingSingleton {
    private final RequestMappingHandlerMapping requestMappingHandlerMapping;

    DeclaredAccess(RequestMappingHandlerMapping requestMappingHandlerMapping) {
        this.requestMappingHandlerMapping = requestMappingHandlerMapping;
    }

    @Override
    public void afterSingletonsInstantiated() {
        requestMappingHandlerMapping
                .getHandlerMethods()
                .forEach((route, method) -> {
                    boolean ours = method.getBeanType().getPackageName().startsWith("org.stoa");
                    if (ours && !method.hasMethodAnnotation(Allowed.class)) {
                        throw new IllegalStateException(
                                "The route " + route + " does not declare who may call it");
                    }
                });
    }
}
