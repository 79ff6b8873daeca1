package dev.ringwall.spring;

import dev.ringwall.spring.Verdict.Refused;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/// Refuses a call that was let in for another operation than the handler method [Serves].
final class ServedOperation implements HandlerInterceptor {

    private static final Refused OTHER =
            new Refused(
                    Refused.FORBIDDEN,
                    "other-operation",
                    "The call was let in for another operation than the one that answers here.");

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        Serves serves =
                handler instanceof HandlerMethod method
                        ? method.getMethodAnnotation(Serves.class)
                        : null;
        if (serves == null
                || RingwallFilter.decided(request).caller().operations().contains(serves.value())) {
            return true;
        }
        Problem.answer(response, OTHER);
        return false;
    }
}
