package dev.ringwall.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Where no client that registers itself sends people.
class RegisteredRedirectsTest extends RegistrationHouse {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://app.example.com/back",
                "http://localhost:3000/back",
                "javascript:alert(1)",
                "data:text/html,x",
                "com.example.app:/back",
                "https://good.example.com@evil.example.com/back",
                "https://a@b@evil.example.com/back",
                "https://app.example.com/back#part",
                "https://*.example.com/back",
                "https://app.example.com/../back",
                "https://app.example.com/%2e%2e/back",
                "https://app.example.com\\@evil.example.com/",
                "HTTPS://app.example.com/back",
                "https://app.example.com/ back",
                "//app.example.com/back",
                "/back",
                ""
            })
    void peopleAreSentNowhereThatADeclaredClientCouldNotSendThem(String address) {
        Registering.refused(
                saying("redirect_uris", List.of(Registering.BACK, address)),
                400,
                "invalid_redirect_uri");
        Registering.refused(
                saying("post_logout_redirect_uris", List.of(address)), 400, "invalid_redirect_uri");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:8080/back",
                "http://localhost/back",
                "http://10.0.0.1/back",
                "http://127.0.0.1@evil.example.com/back",
                "myapp:/back",
                "javascript:alert(1)"
            })
    void aProgramOnAMachineWaitsOnLoopbackOrUnderASchemeOfItsOwn(String address) {
        Map<String, Object> says = Registering.page();
        says.put("application_type", "native");
        says.put("redirect_uris", List.of("http://127.0.0.1/back", "com.example.app:/back"));
        assertThat(programs.register(says, programs.invitation(1)).statusCode()).isEqualTo(201);
        says.put("redirect_uris", List.of(address));
        Registering.refused(
                programs.register(says, programs.invitation(1)), 400, "invalid_redirect_uri");
    }
}
