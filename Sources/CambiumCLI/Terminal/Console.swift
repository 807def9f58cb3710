import CambiumCore
import CambiumExport

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Where words for people go: standard error. Data goes to ``StandardOutput``.
struct Console: Sendable {
  /// Notes and progress are left out; errors are not.
  var isQuiet = false
  /// Standard error is a terminal that a line can be redrawn on.
  let isTerminal: Bool
  /// Colours are wanted: on a terminal, unless the environment says `NO_COLOR` (no-color.org).
  let hasColour: Bool

  init(isQuiet: Bool = false) {
    self.isQuiet = isQuiet
    isTerminal = isatty(STDERR_FILENO) == 1 && variable("TERM") != "dumb"
    hasColour = isTerminal && (variable("NO_COLOR") ?? "").isEmpty
  }

  /// The columns of the terminal; 80 where it does not say or there is none.
  var width: Int {
    var size = winsize()
    guard isTerminal, ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col >= 20 else { return 80 }
    return Int(size.ws_col)
  }

  /// Says something worth knowing, such as a choice that was made.
  func note(_ text: String) {
    guard !isQuiet else { return }
    write(TextLayout.wrapped(text, width: min(width, 80), indent: 2) + "\n")
  }

  /// Says what went wrong, on one line, however quiet it should be.
  func error(_ text: String) {
    write((hasColour ? "\u{1B}[31mcambium:\u{1B}[0m " : "cambium: ") + text + "\n")
  }

  /// Writes to standard error as it is. What cannot be written there is lost.
  func write(_ text: String) {
    _ = FileWriting.writeAll(Array(text.utf8), to: STDERR_FILENO)
  }
}

/// The value of an environment variable; nil where it is not set.
private func variable(_ name: String) -> String? {
  getenv(name).map { String(cString: $0) }
}
