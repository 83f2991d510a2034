package cli

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// cronDocs runs the examples of docs/cron.md, as far as that goes without the
// schedulers: every command as it stands there, on the demo.
type cronDocs struct {
	page string
	bin  string // where trail403 is
	dir  string
}

func TestCronDocs(t *testing.T) {
	t.Parallel()
	root, err := filepath.Abs("../../..")
	if err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile(root + "/docs/cron.md")
	if err != nil {
		t.Fatal(err)
	}
	c := &cronDocs{page: string(page), bin: built(t), dir: t.TempDir()}
	if err := os.WriteFile(c.dir+"/noise", []byte("principal=scanner # known\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(root+"/testdata/demo", c.dir+"/demo"); err != nil {
		t.Fatal(err)
	}
	t.Run("cron", c.cron)
	t.Run("store", c.store)
	t.Run("systemd", c.systemd)
	t.Run("ECS", c.ecs)
	t.Run("GitHub", c.github)
}

// block returns the code block that begins with the line ```NAME.
func (c *cronDocs) block(t *testing.T, name string) string {
	t.Helper()
	_, rest, ok := strings.Cut(c.page, "\n```"+name+"\n")
	text, _, ends := strings.Cut(rest, "\n```\n")
	if !ok || !ends {
		t.Fatalf("docs/cron.md has no block %q", name)
	}
	return text + "\n"
}

// here puts this test's places in the place of a machine's.
func (c *cronDocs) here(command string) string {
	return strings.NewReplacer(
		"/usr/local/bin/trail403", c.bin, "bin/trail403", c.bin,
		"s3://my-trail-bucket/AWSLogs/", c.dir+"/demo", "/srv/trail/AWSLogs", c.dir+"/demo", "s3://corp-trail/AWSLogs/", c.dir+"/demo",
		"/var/lib/trail403", c.dir, "/etc/trail403/noise", c.dir+"/noise",
		"--since 30d", "--since 520w", "--since 1d", "--since 520w", // the demo's month goes by
	).Replace(command)
}

// run runs a command of the shell and returns what it prints.
func (c *cronDocs) run(t *testing.T, command string, wantCode int, env ...string) (stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	cmd := exec.Command("sh", "-ec", c.here(command))
	cmd.Dir, cmd.Stdout, cmd.Stderr = c.dir, &out, &errs
	cmd.Env = append(os.Environ(), env...)
	cmd.Run()
	if code := cmd.ProcessState.ExitCode(); code != wantCode {
		t.Errorf("%s\nends with %d, want %d: %s", c.here(command), code, wantCode, errs.String())
	}
	return out.String(), errs.String()
}

func (c *cronDocs) hasFile(t *testing.T, pattern string) {
	t.Helper()
	names, _ := filepath.Glob(c.dir + "/" + pattern)
	if len(names) != 1 {
		t.Fatalf("files %s: %q", pattern, names)
	}
	if err := os.Remove(names[0]); err != nil { // the next example is to write its own
		t.Error(err)
	}
}

func (c *cronDocs) cron(t *testing.T) {
	// crontab(5): five fields, the user, and the rest of the line.
	field := `[0-9*/,-]+\s+`
	entry := regexp.MustCompile(`^` + strings.Repeat(field, 5) + `trail403\s+(.+)$`)
	assignment := regexp.MustCompile(`^[A-Z_]+=\S+$`)
	entries := 0
	for line := range strings.Lines(c.block(t, "crontab")) {
		line = strings.TrimSuffix(line, "\n")
		m := entry.FindStringSubmatch(line)
		switch {
		case strings.HasPrefix(line, "#"), assignment.MatchString(line):
		case m == nil:
			t.Errorf("neither an entry nor an assignment: %s", line)
		default:
			entries++
			if regexp.MustCompile(`(^|[^\\])%`).MatchString(m[1]) {
				t.Errorf("cron takes a bare %% for the end of the command: %s", line)
			}
			if _, err := exec.LookPath("flock"); err != nil {
				continue // as on a Mac, whose date is another one, too
			}
			// The demo has nothing of yesterday.
			out, errs := c.run(t, strings.ReplaceAll(m[1], `\%`, "%"), Condition)
			if out+errs != "trail403: fail-on: no-data (no CloudTrail record was read)\n" {
				t.Errorf("cron would mail %q", out+errs)
			}
			c.hasFile(t, "20??-??-??.md")
			c.hasFile(t, "latest.json")
		}
	}
	if entries != 1 {
		t.Errorf("%d entries", entries)
	}
}

// store runs the entries that fill a store and take care of it. They print nothing.
func (c *cronDocs) store(t *testing.T) {
	ran := 0
	for line := range strings.Lines(c.block(t, "crontab collect")) {
		_, command, ok := strings.Cut(line, "  trail403  ")
		if !ok || strings.Contains(command, " report ") {
			continue
		}
		ran++
		if out, errs := c.run(t, command, OK); out+errs != "" {
			t.Errorf("cron would mail %q", out+errs)
		}
	}
	if ran != 3 {
		t.Errorf("%d entries", ran)
	}
}

func (c *cronDocs) systemd(t *testing.T) {
	units := t.TempDir()
	for _, unit := range []string{"trail403.service", "trail403.timer"} {
		text := c.here(c.block(t, "systemd "+unit))
		if err := os.WriteFile(units+"/"+unit, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := exec.LookPath("systemd-analyze"); err == nil {
		out, err := exec.Command("systemd-analyze", "verify", "--man=no", "--recursive-errors=no", units+"/trail403.service", units+"/trail403.timer").CombinedOutput()
		if err != nil || len(out) > 0 {
			t.Errorf("systemd-analyze: %v: %s", err, out)
		}
	}
	command := regexp.MustCompile(`(?m)^ExecStart=(.+)$`).FindStringSubmatch(c.block(t, "systemd trail403.service"))
	if command == nil {
		t.Fatal("no ExecStart")
	}
	_, errs := c.run(t, command[1], Condition)
	if !strings.Contains(errs, "quarantined-key (arn:") {
		t.Errorf("standard error %q", errs)
	}
	c.hasFile(t, "report.md")
	c.hasFile(t, "report.json")
}

func (c *cronDocs) ecs(t *testing.T) {
	var task struct {
		ContainerDefinitions []struct{ Command []string }
	}
	if err := json.Unmarshal([]byte(c.block(t, "json task")), &task); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"collect", "schedule", "pattern"} {
		if !json.Valid([]byte(c.block(t, "json "+name))) {
			t.Errorf("the %s is no JSON", name)
		}
	}
	out, errs := c.run(t, "/usr/local/bin/trail403 "+strings.Join(task.ContainerDefinitions[0].Command, " "), Condition)
	if !strings.HasPrefix(out, "# S3 access denied, ") || !strings.Contains(errs, "quarantined-key (arn:") {
		t.Errorf("standard output %.100q, standard error %q", out, errs)
	}
}

// (make lint checks the workflow with actionlint.)
func (c *cronDocs) github(t *testing.T) {
	command := regexp.MustCompile(`(?m)^ *- run: (bin/trail403 .+)$`).FindStringSubmatch(c.block(t, "yaml"))
	if command == nil {
		t.Fatal("no step runs trail403")
	}
	c.run(t, command[1], Condition, "GITHUB_STEP_SUMMARY="+c.dir+"/summary")
	summary, err := os.ReadFile(c.dir + "/summary")
	if err != nil || !strings.HasPrefix(string(summary), "# S3 access denied, ") {
		t.Errorf("the summary is %.100q, %v", summary, err)
	}
	c.hasFile(t, "report.json")
}
