package dev.ringwall.identity;

import dev.ringwall.model.Reason;
import dev.ringwall.people.Asked;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/// Answers where there is nothing.
final class Nothing extends HttpServlet {

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Problems.send(response, Reason.NOT_DECLARED, Asked.current().request());
    }
}
