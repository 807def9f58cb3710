internal import CKernels

/// What becomes of memory that is not needed any more, where the C library lets itself be told (glibc).
public enum FreedMemory {
  /// Has it kept at hand, up to 256 MiB, rather than given back to be cleared and mapped anew: arrays as large come and go with every
  /// step of a tuning, and on thousands of rows that took a tenth of the time. For programs alone: in a process that others share,
  /// memory is theirs too.
  public static func keep() { cambium_keep_freed_memory() }

  /// Has it given back to the system. After a phase that needed much: what one thread freed is no use to another, and would come on
  /// top of the next phase.
  package static func giveBack() { cambium_give_back_freed_memory() }
}
