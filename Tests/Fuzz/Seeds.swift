import FileMutation

/// The probe, and the files that parts are taken from.
struct Seeds: Sendable {
  static let shared = Seeds()

  let probe: FileProbe
  let files: [[UInt8]]

  private init() {
    do {
      probe = try FileProbe(seeds: FuzzSeeds.folder)
      files = try FuzzSeeds.files().map(\.bytes)
    } catch {
      fatalError("\(error)")
    }
  }
}
