package enginetest

import (
	"bytes"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"trail403/ingest/source/s3/s3test"
)

// Home is where Trino and a Java for it are installed.
type Home struct{ trino, java string }

// FindHome finds Trino in a folder, and Java 25. It returns nil if one of them is missing.
func FindHome(folder string) *Home {
	trino, err := filepath.Abs(folder)
	if err != nil {
		return nil
	}
	if _, err := os.Stat(filepath.Join(trino, "plugin", "hive")); err != nil {
		return nil
	}
	found, _ := filepath.Glob("/usr/lib/jvm/*/bin/java") // the pattern is a good one
	for _, java := range append([]string{filepath.Join(os.Getenv("JAVA_HOME"), "bin", "java"), "java"}, found...) {
		out, err := exec.Command(java, "--version").Output()
		if err == nil && bytes.Contains(out, []byte(" 25")) {
			return &Home{trino, java}
		}
	}
	return nil
}

// startWithin is how long Trino may take to start. A warm machine takes 20 seconds.
const startWithin = 5 * time.Minute

// Start starts Trino with the catalog hive over the folders of root, as local:///FOLDER
// and, on an S3 server, as s3://FOLDER. It returns its URL.
func (h *Home) Start(t testing.TB, root string, s3 string) string {
	t.Helper()
	address := freeAddress(t)
	etc, data := t.TempDir(), t.TempDir()
	for name, lines := range map[string][]string{
		"config.properties": {
			"coordinator=true", "node-scheduler.include-coordinator=true", "catalog.management=static",
			"query.max-memory=400MB", "memory.heap-headroom-per-node=300MB",
			"http-server.http.port=" + address[strings.LastIndexByte(address, ':')+1:], "discovery.uri=http://" + address,
		},
		"catalog/hive.properties": {
			"connector.name=hive", "hive.metastore=file", "hive.metastore.catalog.dir=local:///metastore",
			"fs.native-local.enabled=true", "local.location=" + root, "hive.recursive-directories=true",
			"hive.ignore-absent-partitions=true",
			"hive.security=allow-all", "fs.native-s3.enabled=true", "s3.endpoint=" + s3, "s3.region=" + s3test.Region,
			"s3.path-style-access=true", "s3.aws-access-key=" + s3test.AccessKey, "s3.aws-secret-key=" + s3test.SecretKey,
		},
	} {
		path := filepath.Join(etc, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	h.run(t, etc, data, address)
	return "http://" + address
}

// run runs the server, without the launcher, which needs a Java of its own choice.
func (h *Home) run(t testing.TB, etc, data, address string) {
	t.Helper()
	if err := os.Symlink(filepath.Join(h.trino, "plugin"), filepath.Join(data, "plugin")); err != nil {
		t.Fatal(err)
	}
	output := &bytes.Buffer{}
	process := exec.Command(h.java, "-Xmx1200M", "-XX:+UseG1GC", "-Djdk.attach.allowAttachSelf=true",
		"--enable-native-access=ALL-UNNAMED", "--add-modules=jdk.incubator.vector",
		"-Dnode.id=test", "-Dnode.environment=test", "-Dnode.bind-ip=127.0.0.1", "-Dnode.internal-address=127.0.0.1",
		"-Dnode.data-dir="+data, "-Dconfig="+filepath.Join(etc, "config.properties"),
		"-Dcatalog.config-dir="+filepath.Join(etc, "catalog"),
		"-cp", filepath.Join(h.trino, "lib", "*"), "io.trino.server.TrinoServer")
	process.Dir, process.Stdout, process.Stderr = data, output, output
	process.SysProcAttr = s3test.DieWithParent()
	if err := process.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- process.Wait() }()
	t.Cleanup(func() {
		process.Process.Kill()
		<-ended
	})
	for begin := time.Now(); time.Since(begin) < startWithin; {
		select {
		case err := <-ended:
			ended <- err
			t.Fatalf("Trino ended: %v\n%s", err, lastOf(output.String()))
		case <-time.After(200 * time.Millisecond):
		}
		if isReady(address) {
			return
		}
	}
	t.Fatal("Trino does not answer")
}

func isReady(address string) bool {
	response, err := http.Get("http://" + address + "/v1/info")
	if err != nil {
		return false
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	return err == nil && bytes.Contains(text, []byte(`"starting":false`))
}

func freeAddress(t testing.TB) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

func lastOf(text string) string { return text[max(0, len(text)-3000):] }
