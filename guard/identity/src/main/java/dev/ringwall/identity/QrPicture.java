package dev.ringwall.identity;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;

/// A QR code as a picture in the page, so that the secret in it has no address of its own.
final class QrPicture {

    private QrPicture() {}

    /// The picture of that text; black on white also in the dark, since cameras want it so.
    static String svg(String text) {
        BitMatrix dots;
        try {
            dots = new QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, 0, 0);
        } catch (WriterException tooLong) {
            throw new IllegalStateException(tooLong);
        }
        StringBuilder path = new StringBuilder();
        for (int y = 0; y < dots.getHeight(); y++) {
            for (int x = 0; x < dots.getWidth(); x++) {
                if (dots.get(x, y)) {
                    path.append('M').append(x).append(' ').append(y).append("h1v1h-1z");
                }
            }
        }
        return "<svg class=\"qr\" role=\"img\" aria-label=\"QR code for the authenticator app\" viewBox=\"0 0 "
                + dots.getWidth()
                + " "
                + dots.getHeight()
                + "\" shape-rendering=\"crispEdges\"><rect width=\"100%\" height=\"100%\" fill=\"#fff\"/><path d=\""
                + path
                + "\"/></svg>";
    }
}
