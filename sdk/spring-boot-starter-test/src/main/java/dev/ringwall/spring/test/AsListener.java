package dev.ringwall.spring.test;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestContextAnnotationUtils;
import org.springframework.test.context.TestExecutionListener;

/// Keeps the [As] of the test that runs, for the thread that runs it.
final class AsListener implements TestExecutionListener, Ordered {

    private static final int BEFORE_OTHERS = 1_000;

    @Override
    public int getOrder() {
        return BEFORE_OTHERS;
    }

    @Override
    public void beforeTestMethod(TestContext test) {
        As said = AnnotatedElementUtils.findMergedAnnotation(test.getTestMethod(), As.class);
        if (said == null) {
            said = TestContextAnnotationUtils.findMergedAnnotation(test.getTestClass(), As.class);
        }
        if (said == null) {
            TestSidecar.forNobody();
            return;
        }
        if (test.getApplicationContext().getBeanNamesForType(TestSidecar.class).length == 0) {
            throw new IllegalStateException(
                    "@As has nobody to speak for it: the service runs without a gateway (ringwall.without-gateway.*),"
                            + " so send an access token instead");
        }
        TestSidecar.speakFor(said);
    }

    @Override
    public void afterTestMethod(TestContext test) {
        TestSidecar.forNobody();
    }
}
