package dev.ringwall.identity;

import dev.ringwall.people.Rights;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServlet;
import java.util.EnumSet;
import java.util.Map;
import org.apache.catalina.core.StandardHost;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServer;

/// The HTTP server of the provider: over TLS, with each filter before what it guards. Nothing that it says comes from the server itself.
final class ProviderServer {

    private ProviderServer() {}

    /// Made, and not started.
    static WebServer of(
            IdentitySettings settings,
            Filter engine,
            Map<String, HttpServlet> pages,
            Rights rights,
            FreshProofs fresh,
            Carried carried) {
        TomcatServletWebServerFactory factory =
                new TomcatServletWebServerFactory(settings.listen().getPort());
        factory.setAddress(settings.listen().getAddress());
        factory.setRegisterDefaultServlet(false);
        factory.addContextCustomizers(context -> {
            if (context.getParent() instanceof StandardHost host) {
                host.setErrorReportValveClass("");
                host.getPipeline().addValve(new QuietErrors());
            }
        });
        factory.addConnectorCustomizers(connector -> {
            TomcatLimits.on(connector);
            new TomcatTls(settings.tls()).on(connector);
        });
        Doors doors = new Doors(settings.door(), settings.blueprint());
        Documents documents = new Documents(settings, doors, rights);
        return factory.getWebServer(context -> {
            context.setRequestCharacterEncoding("UTF-8");
            String[] ours = {Paths.ROOT + "/*", Paths.WELL_KNOWN};
            filter(context, "doorway", new Doorway(settings.tls().gateway(), doors), ours);
            filter(context, "carried", carried, ours);
            filter(context, "fresh", fresh, Paths.TOKEN, Paths.PAR);
            filter(context, "engine", engine, ours);
            pages.forEach((path, servlet) -> serve(context, servlet, path));
            serve(context, documents, Paths.DOCUMENTS.toArray(String[]::new));
            settings.others().forEach((path, servlet) -> serve(context, servlet, path));
        });
    }

    private static void filter(
            ServletContext context, String name, Filter filter, String... paths) {
        context.addFilter(name, filter)
                .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, paths);
    }

    private static void serve(ServletContext context, HttpServlet servlet, String... paths) {
        context.addServlet(paths[0], servlet).addMapping(paths);
    }
}
