internal import Foundation

/// A lock on a folder that one process at a time holds; it ends with the process.
struct FolderLock {
  private let descriptor: Int32

  /// Waits for the lock; nil where the folder cannot be locked.
  init?(_ folder: String) {
    let descriptor = open(folder, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    while flock(descriptor, LOCK_EX) != 0 {
      guard errno == EINTR else {
        close(descriptor)
        return nil
      }
    }
    self.descriptor = descriptor
  }

  /// Gives the lock back.
  func release() { close(descriptor) }
}
