internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Writes a tile file: blocks as they become full, and the directory at the end, when the file takes its name. Until then
/// its header says that it is not whole, and nothing has become of a file that had the name before.
public final class TileFileWriter: NumberBlockWriter {
  private let path: String
  private let temporary: String
  private let descriptor: Int32
  private let file: TileFile
  private let state = Mutex(State())

  private struct State {
    var end = TileFileHeader.size
    var trouble: InputError?
    var isWhole = false
  }

  /// Begins a file.
  ///
  /// - Throws: `InputError` of kind unwritable.
  public init(_ path: String) throws {
    self.path = path
    temporary = "\(path).\(getpid()).part"
    descriptor = open(temporary, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw Self.unwritable(path) }
    do {
      file = try TileFile(temporary)
    } catch {
      close(descriptor)
      unlink(temporary)
      throw error
    }
  }

  deinit {
    close(descriptor)
    if !state.withLock({ $0.isWhole }) { unlink(temporary) }
  }

  package func storing(_ block: NumberBlock) -> NumberBlock {
    guard let bytes = block.bytes else { return block }
    let offset = state.withLock { state in
      let offset = state.end
      state.end += (bytes.count + 7) / 8 * 8
      if state.trouble == nil, !write(bytes, at: offset) { state.trouble = Self.unwritable(path) }
      return offset
    }
    return NumberBlock(block.form, digits: block.digits, in: file, at: offset)
  }

  /// What went wrong first; nil where nothing did.
  public var trouble: InputError? { state.withLock { $0.trouble } }

  /// Ends the file with a table, whose columns may have been written to it already.
  ///
  /// - Throws: `InputError` of kind unwritable where anything could not be written; there is no file then.
  public func finish(_ table: Table) throws {
    let columns = table.columns.map { column in
      switch column.values {
      case .numbers(let numbers):
        Table.Column(
          name: column.name, values: .numbers(stored(numbers.sealed())), spellings: column.spellings)
      case .texts(let texts):
        Table.Column(
          name: column.name,
          values: .texts(TextColumn(levels: texts.levels, places: stored(texts.places.sealed()))))
      }
    }
    let written = Table(columns: columns)
    let directory = TileFileDirectory(fingerprint: written.fingerprint, columns: columns).bytes
    try state.withLock { state in
      if let trouble = state.trouble ?? file.trouble { throw trouble }
      let header = TileFileHeader(
        rowCount: written.rowCount, directory: state.end, directoryLength: directory.count,
        directoryHash: ContentHash(of: directory).value)
      guard write(directory, at: state.end), write(header.bytes, at: 0), fsync(descriptor) == 0,
        rename(temporary, path) == 0
      else { throw Self.unwritable(path) }
      state.isWhole = true
    }
  }

  /// A column with all blocks in the file.
  private func stored(_ numbers: NumberColumn) -> NumberColumn {
    NumberColumn(blocks: numbers.blocks.map(storing), count: numbers.count)
  }

  private func write(_ bytes: [UInt8], at offset: Int) -> Bool {
    bytes.withUnsafeBytes { buffer in
      var written = 0
      while written < buffer.count {
        let count = pwrite(
          descriptor, buffer.baseAddress.map { $0 + written }, buffer.count - written, off_t(offset + written)
        )
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return false }
        written += count
      }
      return true
    }
  }

  private static func unwritable(_ path: String) -> InputError {
    InputError(
      .unwritable, at: .init(file: path), found: String(cString: strerror(errno)).lowercased(),
      expected: "a file that can be written")
  }
}
