package dev.ringwall.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The peers, each with one worker and the settings that its makers recommend: kept upstream connections, no access log, TLS 1.3 in and mutual
/// TLS out. And the upstream of all: an nginx that answers 1 KiB.
final class Proxies {

    private static final String ANSWER = "{\"item\":\"" + "x".repeat(1_024 - 11) + "\"}";

    private Proxies() {}

    /// Answers at `plain` without TLS, at `mutual` with mutual TLS.
    static Program upstream(Path home, int plain, int mutual) throws IOException {
        return nginx(
                home,
                "upstream",
                """
                server {
                  listen 127.0.0.1:%d;
                  location / { default_type application/json; return 200 '%s'; }
                }
                server {
                  listen 127.0.0.1:%d ssl;
                  ssl_certificate server.pem; ssl_certificate_key server.key;
                  ssl_client_certificate ca.pem; ssl_verify_client on; ssl_protocols TLSv1.3;
                  location / { default_type application/json; return 200 '%s'; }
                }
                """
                        .formatted(plain, ANSWER, mutual, ANSWER));
    }

    /// The same answer in the place of a sidecar: under its name, to those that it would talk to.
    ///
    /// @param address  where the sidecar listened
    /// @param identity its certificates and key
    /// @param root     the system's own authority
    static Program inPlaceOfSidecar(Path home, String address, Path identity, Path root)
            throws IOException {
        return nginx(
                home,
                "sidecar",
                """
                server {
                  listen %s ssl;
                  ssl_certificate %s; ssl_certificate_key %s;
                  ssl_client_certificate %s; ssl_verify_client on; ssl_verify_depth 3; ssl_protocols TLSv1.3;
                  location / { default_type application/json; return 200 '%s'; }
                }
                """
                        .formatted(address, identity, identity, root, ANSWER));
    }

    /// Stands before a provider of identities, as a gateway does: TLS 1.3 in and mutual TLS out, and says whom it speaks for.
    ///
    /// @param certificate with which it speaks to the provider, and its key
    static Program beforeProvider(
            Path home, String name, int port, int provider, Path certificate, Path key)
            throws IOException {
        return nginx(
                home,
                name,
                """
                upstream provider { server 127.0.0.1:%d; keepalive 64; keepalive_requests 100000000; }
                server {
                  listen 127.0.0.1:%d ssl;
                  ssl_certificate server.pem; ssl_certificate_key server.key; ssl_protocols TLSv1.3;
                  location / {
                    proxy_pass https://provider; proxy_http_version 1.1; proxy_set_header Connection "";
                    proxy_set_header Host localhost:%d; proxy_set_header Forwarded "for=192.0.2.7;proto=https";
                    proxy_ssl_certificate %s; proxy_ssl_certificate_key %s;
                    proxy_ssl_protocols TLSv1.3; proxy_ssl_session_reuse on;
                    proxy_buffer_size 32k; proxy_buffers 8 32k;
                  }
                }
                """
                        .formatted(provider, port, port, certificate, key));
    }

    static Program nginxProxy(Path home, int port, int mutual, int workers) throws IOException {
        return nginx(
                home,
                "nginx-" + workers,
                workers,
                """
                upstream items { server 127.0.0.1:%d; keepalive 64; keepalive_requests 100000000; }
                server {
                  listen 127.0.0.1:%d ssl;
                  ssl_certificate server.pem; ssl_certificate_key server.key; ssl_protocols TLSv1.3;
                  location / {
                    proxy_pass https://items; proxy_http_version 1.1; proxy_set_header Connection "";
                    proxy_ssl_certificate client.pem; proxy_ssl_certificate_key client.key;
                    proxy_ssl_protocols TLSv1.3; proxy_ssl_trusted_certificate ca.pem;
                    proxy_ssl_verify on; proxy_ssl_name localhost;
                  }
                }
                """
                        .formatted(mutual, port));
    }

    /// Two nginx in the places of two sidecars: plain HTTP in at `out`, mutual TLS between them at `between`, and plain HTTP to the service.
    static List<Program> nginxPair(Path home, int out, int between, int service)
            throws IOException {
        String kept =
                """
                upstream next { server 127.0.0.1:%d; keepalive 64; keepalive_requests 100000000; }
                """;
        String next = "proxy_http_version 1.1; proxy_set_header Connection \"\";";
        Program inward =
                nginx(
                        home,
                        "nginx-in",
                        kept.formatted(service)
                                + """
                                server {
                                  listen 127.0.0.1:%d ssl;
                                  ssl_certificate server.pem; ssl_certificate_key server.key;
                                  ssl_client_certificate ca.pem; ssl_verify_client on; ssl_protocols TLSv1.3;
                                  location / { proxy_pass http://next; %s }
                                }
                                """
                                        .formatted(between, next));
        Program outward =
                nginx(
                        home,
                        "nginx-out",
                        kept.formatted(between)
                                + """
                                server {
                                  listen 127.0.0.1:%d;
                                  location / {
                                    proxy_pass https://next; %s
                                    proxy_ssl_certificate client.pem; proxy_ssl_certificate_key client.key;
                                    proxy_ssl_protocols TLSv1.3; proxy_ssl_trusted_certificate ca.pem;
                                    proxy_ssl_verify on; proxy_ssl_name localhost;
                                  }
                                }
                                """
                                        .formatted(out, next));
        return List.of(inward, outward);
    }

    private static Program nginx(Path home, String name, String servers) throws IOException {
        return nginx(home, name, 1, servers);
    }

    private static Program nginx(Path home, String name, int workers, String servers)
            throws IOException {
        Path file =
                Files.writeString(
                        home.resolve(name + ".conf"),
                        """
                        daemon off; worker_processes %d; pid %s.pid; error_log %s.log;
                        events { worker_connections 1024; }
                        http {
                          access_log off; keepalive_requests 100000000;
                          client_body_temp_path tmp-%s-1; proxy_temp_path tmp-%s-2; fastcgi_temp_path tmp-%s-3;
                          uwsgi_temp_path tmp-%s-4; scgi_temp_path tmp-%s-5;
                        %s}
                        """
                                .formatted(
                                        workers, name, name, name, name, name, name, name,
                                        servers));
        return Program.start(home, name, List.of("nginx", "-p", home + "/", "-c", file.toString()));
    }

    static Program haproxy(Path home, int port, int mutual) throws IOException {
        Path file =
                Files.writeString(
                        home.resolve("haproxy.cfg"),
                        """
                        global
                          nbthread 1
                          maxconn 1024
                        defaults
                          mode http
                          timeout connect 3s
                          timeout client 30s
                          timeout server 30s
                          http-reuse always
                        frontend door
                          bind 127.0.0.1:%d ssl crt %s ssl-min-ver TLSv1.3
                          default_backend items
                        backend items
                          server one 127.0.0.1:%d ssl crt %s ca-file %s verify required sni str(localhost) ssl-min-ver TLSv1.3
                        """
                                .formatted(
                                        port,
                                        home.resolve("server-both.pem"),
                                        mutual,
                                        home.resolve("client-both.pem"),
                                        home.resolve("ca.pem")));
        return Program.start(home, "haproxy", List.of("haproxy", "-f", file.toString()));
    }

    /// One processor for the Go runtime, and the connections to the next hop kept, as many as come in.
    static Program caddy(Path home, int port, int mutual) throws IOException {
        Path file =
                Files.writeString(
                        home.resolve("Caddyfile"),
                        """
                        {
                          admin off
                          auto_https off
                          servers {
                            protocols h1
                          }
                          log {
                            level ERROR
                          }
                        }
                        https://localhost:%d {
                          bind 127.0.0.1
                          tls server.pem server.key {
                            protocols tls1.3
                          }
                          reverse_proxy https://localhost:%d {
                            transport http {
                              tls_client_auth client.pem client.key
                              tls_trusted_ca_certs ca.pem
                              tls_server_name localhost
                              versions 1.1
                              keepalive_idle_conns_per_host 64
                            }
                          }
                        }
                        """
                                .formatted(port, mutual));
        return Program.start(
                home,
                "caddy",
                List.of(
                        "env",
                        "GOMAXPROCS=1",
                        "caddy",
                        "run",
                        "--adapter",
                        "caddyfile",
                        "--config",
                        file.toString()));
    }
}
