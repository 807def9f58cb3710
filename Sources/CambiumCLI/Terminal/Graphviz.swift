import CambiumCore
import Foundation

/// Draws graphs with Graphviz's program `dot`.
enum Graphviz {
  /// The graph as SVG.
  ///
  /// - Throws: `InputError` where there is no `dot`, or it does not draw the graph.
  static func svg(of graph: [UInt8]) throws -> [UInt8] {
    let file = FileManager.default.temporaryDirectory.appending(path: "cambium-\(UUID().uuidString).dot")
    try Data(graph).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["dot", "-Tsvg", file.path()]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let drawing = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    guard process.terminationStatus == 0, !drawing.isEmpty else {
      throw InputError(
        .missing, found: "no program dot that draws the graph",
        expected: "Graphviz (Debian's package graphviz), or --format dot and another program")
    }
    return [UInt8](drawing)
  }
}
