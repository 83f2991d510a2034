package cli

import (
	"encoding/json"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"
)

// What the build did not record is not claimed: neither a commit, nor that the source
// code is that of the commit.
func TestVersion(t *testing.T) {
	f := func(released string, info *debug.BuildInfo, wantText, wantJSON string) {
		t.Helper()
		system := func(s string) string {
			return strings.NewReplacer("OS", runtime.GOOS, "ARCH", runtime.GOARCH).Replace(s)
		}
		b := buildOf(info, released)
		if got := b.String(); got != system(wantText) {
			t.Errorf("got\n%s\nwant\n%s", got, system(wantText))
		}
		if text, err := json.Marshal(b); err != nil || string(text) != system(wantJSON) {
			t.Errorf("got  %s, %v\nwant %s", text, err, system(wantJSON))
		}
	}
	main := debug.Module{Version: "v1.2.4-0.20261028091500-622599a1ae90"}
	settings := []debug.BuildSetting{
		{Key: "vcs", Value: "git"},
		{Key: "vcs.revision", Value: "622599a1ae90"},
		{Key: "vcs.time", Value: "2026-10-28T09:15:00Z"},
		{Key: "vcs.modified", Value: "false"},
	}
	info := &debug.BuildInfo{GoVersion: "go1.26.8", Main: main, Settings: settings}
	f("", info, "trail403 v1.2.4-0.20261028091500-622599a1ae90\n"+
		"commit 622599a1ae90 of 2026-10-28 09:15 UTC\nbuilt with go1.26.8 for OS/ARCH\n",
		`{"version":"v1.2.4-0.20261028091500-622599a1ae90","commit":"622599a1ae90",`+
			`"date":"2026-10-28T09:15:00Z","modified":false,"go":"go1.26.8","os":"OS","arch":"ARCH"}`)
	settings[3].Value = "true"
	f("v1.2.3", info, "trail403 v1.2.3\n"+
		"commit 622599a1ae90 of 2026-10-28 09:15 UTC, modified\nbuilt with go1.26.8 for OS/ARCH\n",
		`{"version":"v1.2.3","commit":"622599a1ae90",`+
			`"date":"2026-10-28T09:15:00Z","modified":true,"go":"go1.26.8","os":"OS","arch":"ARCH"}`)
	f("", &debug.BuildInfo{GoVersion: "go1.26.8"},
		"trail403 (devel)\ncommit not recorded\nbuilt with go1.26.8 for OS/ARCH\n",
		`{"version":"(devel)","commit":"","date":"","modified":null,"go":"go1.26.8","os":"OS","arch":"ARCH"}`)
}
