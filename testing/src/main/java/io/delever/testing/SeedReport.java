package io.delever.testing;

import java.lang.reflect.Method;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/** Adds the seed and the command that runs it again to the failure of a {@link SeededTest}. */
final class SeedReport implements InvocationInterceptor {
    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> invocation,
            ReflectiveInvocationContext<Method> call,
            ExtensionContext context)
            throws Throwable {
        try {
            invocation.proceed();
        } catch (Exception | AssertionError failure) { // Whatever failed, the seed belongs to it.
            long seed = (Long) call.getArguments().getFirst();
            throw new AssertionError(message(context, seed, failure), failure);
        }
    }

    private static String message(ExtensionContext context, long seed, Throwable failure) {
        String module = String.valueOf(Path.of("").toAbsolutePath().getFileName());
        String test =
                context.getRequiredTestClass().getSimpleName()
                        + "#"
                        + context.getRequiredTestMethod().getName();
        return "seed "
                + seed
                + ": "
                + failure.getMessage()
                + System.lineSeparator()
                + "run it again: "
                + Seeds.rerunCommand(module, test, seed);
    }
}
