// Package s3test runs a real S3 server for tests, and a bad network in front of it.
package s3test

import (
	"bytes"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// Server is a running versitygw. The folders in its root are buckets, and the files
// in them are objects.
type Server struct {
	URL  string
	Root string

	metadata []string // flags
	process  *exec.Cmd
	output   *bytes.Buffer
}

// The credentials that the server accepts, and its Region.
const (
	AccessKey = "AKIAIOSFODNN7EXAMPLE"
	SecretKey = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
	Region    = "us-east-1"
)

// Env returns the environment of a client. Nothing else decides how the client
// reaches S3.
func Env(url string) map[string]string {
	return map[string]string{
		"AWS_ACCESS_KEY_ID": AccessKey, "AWS_SECRET_ACCESS_KEY": SecretKey, "AWS_REGION": Region,
		"AWS_ENDPOINT_URL": url, "AWS_EC2_METADATA_DISABLED": "true",
		"AWS_CONFIG_FILE": os.DevNull, "AWS_SHARED_CREDENTIALS_FILE": os.DevNull,
		"AWS_PROFILE": "", "AWS_SESSION_TOKEN": "", "AWS_DEFAULT_REGION": "",
	}
}

// Setenv sets Env for a test.
func Setenv(t *testing.T, url string) {
	t.Helper()
	for name, value := range Env(url) {
		t.Setenv(name, value)
	}
}

// Start runs a server for a test. Without the program, which `make tools`
// installs, it skips the test.
func Start(t testing.TB, root string) *Server {
	t.Helper()
	s, err := Run(root)
	if errors.Is(err, os.ErrNotExist) {
		t.Skipf("%v: `make tools` installs it", err)
	} else if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// StartWritable runs a server that can be written to: it keeps ETags, and knows
// conditions.
func StartWritable(t testing.TB, root string) *Server {
	t.Helper()
	s, err := run(root, "--sidecar", t.TempDir())
	if errors.Is(err, os.ErrNotExist) {
		t.Skipf("%v: `make tools` installs it", err)
	} else if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// Run runs a server until it is closed.
func Run(root string) (*Server, error) { return run(root, "--nometa") }

func run(root string, metadata ...string) (*Server, error) {
	binary, err := program()
	if err != nil {
		return nil, err
	}
	var failed error
	for range 5 { // another process may take the port
		s := &Server{Root: root, metadata: metadata}
		if failed = s.start(binary); failed == nil {
			return s, nil
		}
	}
	return nil, failed
}

// program finds the server's program in .tools at the top of the module.
func program() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for ; ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		if dir == filepath.Dir(dir) {
			return "", errors.New("not within the module")
		}
	}
	path := filepath.Join(dir, ".tools", "versitygw")
	_, err = os.Stat(path)
	return path, err
}

func (s *Server) start(binary string) error {
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	addr := free.Addr().String()
	free.Close()
	s.output = &bytes.Buffer{}
	args := []string{
		"--port", addr, "--access", AccessKey, "--secret", SecretKey, "--region", Region,
		"--quiet", "--keep-alive", "posix",
	}
	s.process = exec.Command(binary, append(append(args, s.metadata...), s.Root)...)
	s.process.Stdout, s.process.Stderr = s.output, s.output
	s.process.SysProcAttr = DieWithParent()
	if err := s.process.Start(); err != nil {
		return err
	}
	ended := make(chan error, 1)
	go func() { ended <- s.process.Wait() }()
	for begin := time.Now(); time.Since(begin) < 20*time.Second; {
		select {
		case <-ended:
			return fmt.Errorf("versitygw ended: %s", s.output)
		case <-time.After(5 * time.Millisecond):
		}
		if c, err := net.Dial("tcp", addr); err == nil {
			c.Close()
			s.URL = "http://" + addr
			return nil
		}
	}
	s.process.Process.Kill()
	return errors.New("versitygw does not answer")
}

// Close ends the server.
func (s *Server) Close() { s.process.Process.Kill() }
