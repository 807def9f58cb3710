#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// What lies at a path now, seen through links.
struct FilePlace {
  /// The path as the user wrote it.
  let path: String
  /// Nil where nothing is there.
  private let status: stat?
  /// Why nothing can be known of the path: a folder that is not there, a name that is too long; 0 where it can.
  let trouble: Int32

  init(_ path: String) {
    self.path = path
    var status = stat()
    let isThere = stat(path, &status) == 0
    self.status = isThere ? status : nil
    trouble = isThere || errno == ENOENT ? 0 : errno
  }

  /// True for a folder.
  var isFolder: Bool { kind == S_IFDIR }
  /// True where a new file can take the place: of a plain file, or where nothing is.
  var isReplaceable: Bool { status == nil || kind == S_IFREG }
  /// Who may do what with the file that is there; nil where none is.
  var permissions: mode_t? { status.map { $0.st_mode & 0o7777 } }

  /// True where the file may be changed; whoever may change all files is still held to a file marked read-only.
  var isWritable: Bool {
    guard let permissions else { return true }
    errno = EACCES
    return permissions & 0o222 != 0 && access(path, W_OK) == 0
  }

  /// The open descriptor that the path is another name of (`/dev/stdout`, `/dev/fd/3`), so that what is written
  /// there comes after what has been; nil where it is none that a shell redirects.
  var descriptor: Int32? {
    guard status != nil else { return nil }
    return (1...9).first { descriptor in
      var other = stat()
      guard fstat(descriptor, &other) == 0, isSame(as: other) else { return false }
      return fcntl(descriptor, F_GETFL) & O_ACCMODE != O_RDONLY
    }
  }

  /// True where both paths lead to one plain file.
  func isSame(as other: FilePlace) -> Bool {
    kind == S_IFREG && other.status.map(isSame) ?? false
  }

  /// The path behind links, whether or not anything is there yet, so that a link stays a link.
  var destination: String {
    var place = path
    for _ in 0..<40 {  // as many as Linux follows
      var target = [CChar](repeating: 0, count: Int(PATH_MAX))
      let count = readlink(place, &target, target.count)
      guard count > 0 else { break }
      let next = String(decoding: target[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self)
      place = next.hasPrefix("/") ? next : "\(Self.folder(of: place))/\(next)"
    }
    return place
  }

  /// The folder that a path lies in.
  static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  private var kind: mode_t? { status.map { $0.st_mode & S_IFMT } }

  private func isSame(as other: stat) -> Bool {
    status.map { $0.st_dev == other.st_dev && $0.st_ino == other.st_ino } ?? false
  }
}
