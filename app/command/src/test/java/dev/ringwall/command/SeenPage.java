package dev.ringwall.command;

import com.microsoft.playwright.Page;
import java.util.List;

/// What eyes make of a page: whether its words stand out, and whether it fits the screen.
record SeenPage(Page page) {

    /// Contrast of each text that can be seen, against what lies behind it (WCAG 2.2 §1.4.3: 4.5 to 1).
    private static final String FAINT =
            """
            () => {
              const parts = colour => colour.match(/[0-9.]+/g).map(Number);
              const light = ([r, g, b]) => [r, g, b]
                .map(c => c / 255)
                .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
                .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
              const behind = element => {
                for (let at = element; at; at = at.parentElement) {
                  const colour = parts(getComputedStyle(at).backgroundColor);
                  if (colour.length === 3 || colour[3] === 1) return colour;
                }
                return matchMedia('(prefers-color-scheme: dark)').matches ? [18, 18, 18] : [255, 255, 255];
              };
              const says = element => element.matches('input')
                || [...element.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
              return [...document.body.querySelectorAll('*')]
                .filter(element => says(element) && element.checkVisibility({ visibilityProperty: true }))
                .map(element => {
                  const one = light(parts(getComputedStyle(element).color)), two = light(behind(element));
                  const ratio = (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
                  return { ratio, text: `${ratio.toFixed(2)} ${element.tagName} ${element.textContent.trim().slice(0, 40)}` };
                })
                .filter(found => found.ratio < 4.5)
                .map(found => found.text);
            }
            """;

    /// Texts that are hard to read, each with its contrast.
    List<?> faintTexts() {
        return (List<?>) page.evaluate(FAINT);
    }

    /// Whether nothing has to be scrolled sideways.
    boolean fits() {
        return (boolean)
                page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth");
    }

    /// Whether a script that somebody smuggled into the page runs.
    boolean runsWhatIsSmuggledIn() {
        return (boolean)
                page.evaluate(
                        """
                        () => {
                          const script = document.createElement('script');
                          script.textContent = 'window.smuggled = true';
                          document.body.append(script);
                          return window.smuggled === true;
                        }
                        """);
    }
}
