/// Text whose special characters HTML and SVG show as they are, in content and in quoted attributes.
///
/// Control characters, which no markup may hold, are left out.
func escapedForMarkup(_ text: String) -> String {
  text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    .replacing("\"", with: "&quot;").filter { !$0.isASCII || ($0.asciiValue ?? 0) >= 32 }
}
