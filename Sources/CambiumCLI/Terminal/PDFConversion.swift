import Foundation

/// Makes PDF files of SVG files with librsvg's program `rsvg-convert`.
enum PDFConversion {
  /// Writes a PDF file beside an SVG file.
  ///
  /// - Returns: Its path; nil where there is no such program, or it does not draw the file.
  static func convert(_ path: String) -> String? {
    let result = path.hasSuffix(".svg") ? path.dropLast(4) + ".pdf" : path + ".pdf"
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["rsvg-convert", "--format=pdf", "--output=\(result)", "--", path]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    process.waitUntilExit()
    return process.terminationStatus == 0 ? String(result) : nil
  }
}
