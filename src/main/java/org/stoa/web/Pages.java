package org.stoa.web;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodReturnValueHandler;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.stoa.web.access.SpokenLanguage;

/** Renders {@link Page}s, from templates that were compiled with the program. */
@Component
public class Pages implements HandlerMethodReturnValueHandler {
    private static final String HTML = "text/html;charset=UTF-8";

    private final TemplateEngine templates;

    Pages() {
        templates = TemplateEngine.createPrecompiled(null, ContentType.Html, null, "stoapages");
        templates.setBinaryStaticContent(true);
    }

    /** The page's bytes in UTF-8, for whoever keeps them. */
    public byte[] bytes(Page page) {
        var bytes = new ByteArrayOutputStream(32_768);
        try {
            render(page).writeTo(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    @Override
    public boolean supportsReturnType(MethodParameter returnType) {
        return Page.class.isAssignableFrom(returnType.getParameterType());
    }

    @Override
    public void handleReturnValue(
            @Nullable Object value,
            MethodParameter returnType,
            ModelAndViewContainer container,
            NativeWebRequest request)
            throws IOException {
        container.setRequestHandled(true);
        var response = request.getNativeResponse(HttpServletResponse.class);
        if (value instanceof Page page && response != null) {
            var asked = request.getNativeRequest(HttpServletRequest.class);
            if (asked != null) {
                SpokenLanguage.remember(asked, response);
            }
            write(page, response);
        }
    }

    void write(Page page, HttpServletResponse response) throws IOException {
        var output = render(page);
        response.setStatus(page.status().value());
        response.setContentType(HTML);
        if (!response.containsHeader(HttpHeaders.CACHE_CONTROL)) {
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        }
        response.setContentLength(output.getContentLength());
        var whole = new ByteArrayOutputStream(output.getContentLength());
        output.writeTo(whole);
        whole.writeTo(response.getOutputStream());
    }

    private Utf8ByteOutput render(Page page) {
        var output = new Utf8ByteOutput();
        templates.render(page.template() + ".jte", page.parameters(), output);
        return output;
    }
}
