package lib.config;

import module java.base;

/// Files and folders that nobody but their owner may read. Windows has no modes: there FreeCC's
/// files are in its user's profile, which other users cannot read.
public final class OwnerOnly {
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------"),
        FILE = PosixFilePermissions.fromString("rw-------");
    private static final boolean HAS_MODES = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private OwnerOnly() {}

    /// Makes the folder if it is missing.
    public static void folder(Path folder) throws IOException { Files.createDirectories(folder, attributes(FOLDER)); }

    /// Makes the file, with its folder.
    static void make(Path file) throws IOException {
        folder(file.toAbsolutePath().getParent());
        try {
            Files.createFile(file, file());
        } catch (FileAlreadyExistsException e) {
            return;   // another process was faster
        }
    }

    /// How a file is to be made.
    public static FileAttribute<?>[] file() { return attributes(FILE); }

    private static FileAttribute<?>[] attributes(Set<PosixFilePermission> mode) {
        return HAS_MODES ? new FileAttribute<?>[]{PosixFilePermissions.asFileAttribute(mode)} : new FileAttribute<?>[0];
    }

    /// For what an older version or another program has made.
    public static void tighten(Path path) throws IOException {
        if (HAS_MODES && Files.exists(path)) Files.setPosixFilePermissions(path, Files.isDirectory(path) ? FOLDER : FILE);
    }
}
