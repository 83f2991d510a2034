package cli

import (
	"bufio"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"trail403/aggregate"
	"trail403/ingest/pattern"
	reportpage "trail403/report/page"
	reportwords "trail403/report/words"
)

// A report leaves the names that it shows in a file of the user's cache, so that a shell
// can complete --group, --incident, --principal and --bucket. It has only names, which the
// report has, too, and nothing depends on it: without the file, or if it cannot be
// written, nothing is completed.

const (
	// mostRemembered is how many names are kept for one flag.
	mostRemembered = 300
	// maxRemembered is how large a file is read.
	maxRemembered = 1 << 20
)

// rememberedName matches a name that every shell takes as one word, whoever wrote it into
// a log. Bash takes a colon as the end of a word.
var rememberedName = pattern.New(`^[A-Za-z0-9][A-Za-z0-9+=.@_-]{0,127}$`)

// rememberedFile returns where the names are, or "" if there is no place for them.
func rememberedFile(env Env) string {
	if env.CacheDir == nil {
		return ""
	}
	dir, err := env.CacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "trail403", "names")
}

// remember keeps the names of a report for somebody at a terminal. A job without one
// leaves nothing behind.
func remember(env Env, r *aggregate.Result) {
	name := rememberedFile(env)
	if name == "" || !env.IsTerminal(env.Stderr) {
		return
	}
	_ = replaceFile(name, namesOf(r)) // It is of no account to the report.
}

// replaceFile writes a file that only its owner can read, completely or not at all.
func replaceFile(name, text string) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(name), "names-*")
	if err != nil {
		return err
	}
	_, err = f.WriteString(text)
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		_ = os.Remove(f.Name()) // The first error says more.
	}
	return err
}

// namesOf returns a line for each name: the flag that takes it, the name, and what it is.
func namesOf(r *aggregate.Result) string {
	var b strings.Builder
	counts, seen := map[string]int{}, map[[2]string]bool{}
	add := func(flag, name, about string) {
		if counts[flag] >= mostRemembered || seen[[2]string{flag, name}] || !rememberedName.MatchString(name) {
			return
		}
		counts[flag]++
		seen[[2]string{flag, name}] = true
		b.WriteString(flag + "\t" + name + "\t" + about + "\n")
	}
	for i := range r.Incidents {
		in := &r.Incidents[i]
		add("incident", in.ID, reportwords.Plural(in.Denials, "denial").Plain()+" since "+reportwords.Onset(in, r.Window).Plain())
	}
	for i := range r.Groups {
		g := &r.Groups[i]
		request := g.Action
		if g.Bucket != "" {
			request += " on " + g.Bucket
		}
		add("group", g.ID, reportwords.Principal(g).Plain()+", "+reportpage.Visible(request))
		add("principal", g.Principal[strings.LastIndexByte(g.Principal, '/')+1:], "")
		add("bucket", g.Bucket, "")
	}
	return b.String()
}

// remembered returns the names that the last report left for a flag.
func remembered(env Env, flag string) (list []choice) {
	name := rememberedFile(env)
	if name == "" {
		return nil
	}
	f, err := os.Open(name)
	if err != nil {
		return nil
	}
	defer f.Close()
	for lines := bufio.NewScanner(io.LimitReader(f, maxRemembered)); lines.Scan(); {
		part := strings.Split(lines.Text(), "\t")
		if len(part) == 3 && part[0] == flag && rememberedName.MatchString(part[1]) {
			list = append(list, choice{part[1], reportpage.Visible(part[2])})
		}
	}
	return list
}
