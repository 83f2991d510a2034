package ingest

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"trail403/ingest/source"
)

const (
	digestText    = `{"awsAccountId":"111122223333","digestS3Object":"x","logFiles":[]}`
	insightText   = `{"Records":[{"eventVersion":"1.08","eventTime":"2026-10-05T12:00:00Z","eventType":"AwsCloudTrailInsight","insightDetails":{}}]}`
	aggregateText = `{"Records":[{"eventVersion":"1.0","eventCategory":"Aggregated","eventType":"AwsAggregatedEvent"}]}`
	configText    = `{"fileVersion":"1.0","configSnapshotId":"x","configurationItems":[]}`
)

// CloudTrail's layouts: with and without prefix, organization and account. What
// holds no records is not listed. Strays elsewhere are skipped one by one.
func TestLayouts(t *testing.T) {
	const (
		file   = "us-east-1/2026/10/05/111122223333_CloudTrail_us-east-1_20261005T0005Z_abc.json.gz"
		plain  = "AWSLogs/111122223333/"
		org    = "AWSLogs/o-exampleorg/111122223333/"
		prefix = "team/logs/AWSLogs/o-exampleorg/444455556666/"
	)
	root := tree(t,
		plain+"CloudTrail/"+file, gz(trail(denied("plain"))),
		org+"CloudTrail/"+file, gz(trail(denied("org"))),
		prefix+"CloudTrail/"+file, gz(trail(denied("prefix"))),
		prefix+"CloudTrail-NetworkActivity/"+file, gz(trail(denied("network"))),
		"copied/"+file, gz(trail(denied("copied"))),
		"2026/flat.json", trail(denied("flat")),
		"CloudTrail/notes.txt", "notes",
		"Config/report.json", trail(denied("not of AWS Config")),

		plain+"CloudTrail-Digest/"+file, gz(digestText),
		org+"CloudTrail-Insight/"+file, gz(insightText),
		prefix+"CloudTrail-Aggregated/"+file, gz(aggregateText),
		org+"Config/us-east-1/2026/10/5/ConfigSnapshot/x.json.gz", gz(configText),

		"strays/digest.json.gz", gz(digestText),
		"strays/insight.json.gz", gz(insightText),
		"strays/aggregated.json.gz", gz(aggregateText),
		"strays/config.json.gz", gz(configText),
	)
	c, ids := run(t, Options{}, source.Local{Path: root})
	if got, want := result(c), "7 read, 1 digest, 1 insight, 1 aggregated, 1 config, 1 not-cloudtrail, 7 kept"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := strings.Join(ids, ", "), "copied, flat, network, not of AWS Config, org, plain, prefix"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	want := []string{
		filepath.Join(root, org, "CloudTrail-Insight"), filepath.Join(root, org, "Config"),
		filepath.Join(root, plain, "CloudTrail-Digest"), filepath.Join(root, prefix, "CloudTrail-Aggregated"),
	}
	if slices.Sort(want); !slices.Equal(c.Pruned, want) {
		t.Errorf("pruned %q, want %q", c.Pruned, want)
	}
}

// Several sources are read as one. What several of them name is read once.
func TestSources(t *testing.T) {
	root := tree(t, "a.json", trail(denied("a")), "b/b.json", trail(denied("b")))
	c, ids := run(t, Options{}, source.Local{Path: filepath.Join(root, "b")}, memory{"m": trail(denied("m"))},
		source.Local{Path: filepath.Join(root, "a.json")}, source.Local{Path: root})
	if got := result(c) + ": " + strings.Join(ids, " "); got != "3 read, 3 kept: a b m" {
		t.Errorf("got %s", got)
	}
	if c, _ := run(t, Options{}); result(c) != "" {
		t.Errorf("no source: %s", result(c))
	}
	if c, _ := run(t, Options{}, memory{}, source.Local{Path: t.TempDir()}); result(c) != "" {
		t.Errorf("nothing in the sources: %s", result(c))
	}
}
