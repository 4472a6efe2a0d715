//! iTerm2's inline images: a file in one command, drawn where the cursor is. <https://iterm2.com/documentation-images.html>

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// Shows a PNG file at that size in pixels.
pub fn image(png: &[u8], (width, height): (u32, u32)) -> Vec<u8> {
    let head = format!(
        "\x1b]1337;File=inline=1;size={};width={width}px;height={height}px;preserveAspectRatio=0;doNotMoveCursor=1:",
        png.len()
    );
    let mut command = head.into_bytes();
    command.extend_from_slice(STANDARD.encode(png).as_bytes());
    command.push(0x07);
    command
}
