package dev.ringwall.spring;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;

/// Makes the caller known to Spring Security: to its filter chain by the request, to code outside of one by the thread.
///
/// Also anyone is said to be anyone, so that what a session may hold from earlier never takes the caller's place.
final class SecuritySeat implements Seat {

    @Override
    public Taken take(HttpServletRequest request, Caller caller) {
        SecurityContext before = SecurityContextHolder.getContext();
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(authentication(caller));
        request.setAttribute(
                RequestAttributeSecurityContextRepository.DEFAULT_REQUEST_ATTR_NAME, context);
        SecurityContextHolder.setContext(context);
        return () -> SecurityContextHolder.setContext(before);
    }

    private static Authentication authentication(Caller caller) {
        return caller.isAnyone()
                ? new AnonymousAuthenticationToken(
                        "ringwall", caller, AuthorityUtils.createAuthorityList("ROLE_ANONYMOUS"))
                : new CallerAuthentication(caller);
    }
}
