package dev.godwit.staging.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.godwit.problem.GodwitException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheTest {
    @TempDir
    Path directory;

    @Test
    void manyAtOnceMakeAnEntryOnce() throws InterruptedException, ExecutionException {
        AtomicInteger made = new AtomicInteger();
        Cache cache = new Cache(directory.resolve("cache"));
        Callable<Path> asking = () -> cache.entry("kind", "name", place -> {
            made.incrementAndGet();
            Files.writeString(place.resolve("content"), "whole");
        });
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<Path>> answers =
                    threads.invokeAll(Stream.generate(() -> asking).limit(16).toList());
            for (Future<Path> answer : answers) {
                assertThat(answer.get().resolve("content")).hasContent("whole");
            }
        }
        assertThat(made).hasValue(1);
    }

    @Test
    void anEntryThatCouldNotBeMadeLeavesNothing() throws IOException {
        Cache cache = new Cache(directory);
        assertThatThrownBy(() -> cache.entry("kind", "name", place -> {
                    Files.writeString(place.resolve("half"), "half");
                    throw new IOException("no more");
                }))
                .hasMessage("no more");
        try (Stream<Path> left = Files.list(directory.resolve("kind"))) {
            assertThat(left).extracting(path -> path.getFileName().toString()).containsExactly(".name.lock");
        }
        assertThat(cache.entry("kind", "name", place -> {})).isEmptyDirectory();
    }

    @Test
    void twoProcessesThatUnpackAtOnceBothStart() throws IOException {
        TestPlaces.in(directory);
        var environment = java.util.Map.of("GODWIT_CACHE", directory + "/cache", "GODWIT_TMP", directory.toString());
        try (ChildJvm one = ChildJvm.begin(environment, "1", "wait");
                ChildJvm other = ChildJvm.begin(environment, "1", "wait")) {
            one.awaitReady();
            other.awaitReady();
            assertThat(one.dataDirectory()).isNotEqualTo(other.dataDirectory());
        }
    }

    @Test
    void saysHowMuchSpaceIsNeededAndLeft() {
        GodwitException raised = catchThrowableOfType(
                GodwitException.class, () -> Disk.requireSpace(directory, Long.MAX_VALUE, "start PostgreSQL 18.6"));
        assertThat(raised.problem().what())
                .matches("the disk is too full to start PostgreSQL 18.6: \\d+ MB are needed, \\d+ MB are left");
        assertThat(raised.problem().where()).isEqualTo(directory.toString());
    }
}
