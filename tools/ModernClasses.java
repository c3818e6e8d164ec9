import java.io.IOException;
import java.io.OutputStream;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/// Copies the jars of one folder into another, and lifts classes compiled for Java 5 or older to Java 6.
///
/// The JVM keeps no such class in an AOT cache and verifies it the slow way, because it has no stack maps. picocli is
/// compiled so, all of it: with stack maps added, `./godwit --help` starts in two thirds of the time.
/// Run by tools/build.sh; `FROM TO` are the arguments.
void main(String... arguments) throws IOException {
    Path from = Path.of(arguments[0]);
    Path to = Path.of(arguments[1]);
    List<Path> jars;
    try (var files = Files.list(from)) {
        jars = files.filter(file -> file.toString().endsWith(".jar")).toList();
    }
    for (Path jar : jars) {
        copy(jar, to.resolve(jar.getFileName()), jars);
    }
}

void copy(Path jar, Path target, List<Path> classPath) throws IOException {
    boolean old;
    try (JarFile content = new JarFile(jar.toFile())) {
        old = false;
        for (JarEntry entry : content.stream().toList()) {
            old |= isOld(entry, read(content, entry));
        }
    }
    if (old) {
        lift(jar, target, classPath);
    } else {
        Files.copy(jar, target);
    }
}

void lift(Path jar, Path target, List<Path> classPath) throws IOException {
    URL[] urls = new URL[classPath.size()];
    for (int i = 0; i < urls.length; i++) {
        urls[i] = classPath.get(i).toUri().toURL();
    }
    try (JarFile in = new JarFile(jar.toFile());
            OutputStream file = Files.newOutputStream(target);
            JarOutputStream out = new JarOutputStream(file);
            URLClassLoader types = new URLClassLoader(urls)) {
        ClassFile classes = ClassFile.of(
                ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
                ClassFile.ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(types)));
        for (JarEntry entry : in.stream().toList()) {
            byte[] content = read(in, entry);
            out.putNextEntry(new JarEntry(entry.getName()));
            out.write(isOld(entry, content) ? lifted(classes, content) : content);
            out.closeEntry();
        }
    }
    IO.println("lifted the classes of " + jar.getFileName());
}

byte[] lifted(ClassFile classes, byte[] content) {
    ClassTransform transform = (builder, element) -> {
        switch (element) {
            case ClassFileVersion _ -> builder.withVersion(ClassFile.JAVA_6_VERSION, 0);
            case MethodModel method when method.code().isPresent() -> builder.transformMethod(
                    method, java.lang.classfile.MethodTransform.transformingCode(CodeTransform.ACCEPT_ALL));
            case ClassElement other -> builder.with(other);
        }
    };
    return classes.transformClass(classes.parse(content), transform);
}

/// Bytes 6 and 7 of a class file are its major version; 50 is Java 6, the first with stack maps.
boolean isOld(JarEntry entry, byte[] content) {
    return entry.getName().endsWith(".class") && content[6] == 0 && content[7] < ClassFile.JAVA_6_VERSION;
}

byte[] read(JarFile jar, JarEntry entry) throws IOException {
    try (var stream = jar.getInputStream(entry)) {
        return stream.readAllBytes();
    }
}
