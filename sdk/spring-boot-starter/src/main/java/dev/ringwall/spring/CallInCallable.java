package dev.ringwall.spring;

import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.async.CallableProcessingInterceptor;

/// Keeps the call with the thread that computes what a handler method handed back as a `Callable`.
final class CallInCallable implements CallableProcessingInterceptor {

    private static final String ENTERED = CallInCallable.class.getName();

    @Override
    public <T> void preProcess(NativeWebRequest request, Callable<T> task) {
        HttpServletRequest http = request.getNativeRequest(HttpServletRequest.class);
        if (http != null) {
            http.setAttribute(ENTERED, CurrentCall.enter(RingwallFilter.decided(http)));
        }
    }

    @Override
    public <T> void postProcess(
            NativeWebRequest request, Callable<T> task, @Nullable Object result) {
        HttpServletRequest http = request.getNativeRequest(HttpServletRequest.class);
        if (http != null && http.getAttribute(ENTERED) instanceof CurrentCall entered) {
            http.removeAttribute(ENTERED);
            entered.close();
        }
    }
}
