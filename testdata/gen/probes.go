package main

import "time"

// quarantinedKey plants a leaked access key. On October 29, somebody tries it from
// outside. AWS finds the key and attaches its quarantine policy at 03:17:41, and from
// 03:20 on that policy denies what is tried. What AWS's own call looks like in a trail
// is our guess.
func (g *generator) quarantinedKey() {
	s := g.story("quarantined-key", "the key of svc-uploader leaked; AWS's quarantine policy denies its user")
	s.trend, s.pattern, s.onset = "new", "identity", on(29, 3, 20, 11)
	attacker := client{ip: "203.0.113.201", agent: "Boto3/1.35.10 md/Botocore#1.35.10 ua/2.0 os/linux#6.1.0-kali9-amd64 md/arch#x86_64 lang/python#3.12.3 md/pyimpl#CPython Botocore/1.35.10"}

	upload := habit{who: uploader, api: "PutObject", bucket: customerUploads, keys: daily("nightly/", "dump", ".tar.gz")}
	s.repeat(upload, s.draw.times(windowStart, on(29, 2, 0, 0), 3, machine, nil), nil)
	s.changes = append(s.changes, s.other(event{at: on(29, 3, 17, 41), who: identity{kind: "Root", account: appAccount, clients: []client{{ip: "AWS Internal", agent: "AWS Internal"}}},
		source: "iam", name: "AttachUserPolicy", params: obj("userName", uploader.name, "policyArn", quarantinePolicy)}))

	why := explicit("identity").by(quarantinePolicy)
	at := append([]time.Time{s.onset}, s.draw.times(s.onset.Add(time.Minute), on(31, 23, 0, 0), 14, machine, nil)...)
	s.repeat(habit{who: uploader, api: "GetObject", bucket: customerUploads, keys: daily("nightly/", "dump", ".tar.gz"), from: attacker}, at, &why)
	at = s.draw.times(on(29, 3, 24, 0), on(31, 20, 0, 0), 7, machine, nil)
	s.repeat(habit{who: uploader, api: "GetObject", bucket: hrRecords, keys: named("payroll/2026-09.csv", "payroll/2026-08.csv", "contracts/index.json"), from: attacker}, at, &why)
	all := why.bare()
	for _, t := range []time.Time{on(29, 3, 20, 40), on(29, 3, 22, 5), on(30, 1, 14, 59)} {
		s.s3(call{at: t, who: uploader, api: "ListBuckets", region: east, from: attacker, refused: &all})
	}
}

// enumeration plants one user who tries 25 buckets in ten minutes. Most of them belong
// to other organizations.
func (g *generator) enumeration() {
	s := g.story("enumeration", "the user jmiller probes 25 buckets within ten minutes")
	s.pattern, s.onset = "enumeration", on(17, 2, 31, 6)
	probe := client{ip: "203.0.113.77", agent: "aws-cli/2.15.30 Python/3.11.8 Linux/6.5.0-kali3-amd64 exe/x86_64.kali.2024 prompt/off"}
	jmiller := user(lakeAccount, "jmiller", probe)

	nobody := implicit("identity").bare()
	s.s3(call{at: s.onset, who: jmiller, api: "ListBuckets", region: east, refused: &nobody})

	buckets := []bucket{analyticsLake, etlStaging, etlCurated, reportsEU, corpData, corpArchive, financeExports, tfState, hrRecords}
	for _, name := range []string{
		"example-corp-backup", "example-corp-backups", "example-corp-prod", "example-corp-dev", "example-corp-staging", "example-corp-logs",
		"example-corp-data", "example-corp-db-dumps", "example-corp-terraform", "example-corp-secrets", "examplecorp-assets", "examplecorp-exports",
		"examplecorp-finance", "examplecorp-hr", "examplecorp-private", "examplecorp-releases",
	} {
		buckets = append(buckets, bucket{name, strangerAccount, east})
	}
	at := s.onset
	for _, b := range buckets {
		for _, name := range []string{"GetBucketAcl", "ListObjects", "GetBucketPolicy"}[:2+s.draw.IntN(2)] {
			at = at.Add(time.Duration(4+s.draw.IntN(9)) * time.Second)
			why := implicit("identity")
			switch {
			case b.owner == strangerAccount:
				why = notTold("other-account")
			case b.owner != lakeAccount:
				why = implicit("resource")
			}
			s.s3(call{at: at, who: jmiller, api: name, bucket: b, refused: &why})
		}
	}
}

// anonymousScanners plants what any public address sees: callers without credentials
// who try well-known names.
func (g *generator) anonymousScanners() {
	s := g.story("anonymous", "scanners without credentials, in bursts")
	hostile := client{ip: "198.51.100.203", agent: "() { :;}; <script>alert(1)</script> | `id` \u202egnp.exe"}
	who := anonymous(
		client{ip: "198.51.100.77", agent: "Mozilla/5.0 (compatible; ExampleScanner/1.0; +https://scanner.example/)"},
		client{ip: "198.51.100.140", agent: "curl/8.5.0"},
		client{ip: "203.0.113.66", agent: "python-requests/2.31.0"}, hostile)
	why := notTold("anonymous")
	for _, day := range []int{3, 8, 9, 15, 18, 22, 27, 30} {
		start := on(day, s.draw.IntN(22), s.draw.IntN(60), 0)
		for i := range 4 + s.draw.IntN(4) {
			c := call{at: start.Add(time.Duration(i*7+s.draw.IntN(6)) * time.Second), who: who, bucket: pick(s.draw, webAssets, webAssets, customerUploads), refused: &why}
			c.api = pick(s.draw, "GetObject", "GetObject", "GetObject", "ListObjects")
			if c.api == "GetObject" {
				c.key = pick(s.draw, ".env", "wp-config.php.bak", ".git/config", "backup.sql", "credentials.json", "id_rsa")
			}
			s.s3(c)
		}
	}
	upload := notTold("anonymous")
	upload.text = "Anonymous users cannot initiate multipart uploads.  Please authenticate."
	for _, t := range []time.Time{on(22, 23, 41, 18), on(22, 23, 41, 55)} {
		s.s3(call{at: t, who: who, api: "CreateMultipartUpload", bucket: webAssets, key: "shell.php", refused: &upload})
	}
}

// foreignAccount plants callers from an account outside the organization, who have no
// ARN in the owner's trail, and a caller of ours who is denied by a bucket outside.
func (g *generator) foreignAccount() {
	s := g.story("other-account", "a user and a role of an unknown account, and a bucket of one")
	why := notTold("other-account")
	stranger := user(strangerAccount, "partner-sync", cli)
	for _, t := range []time.Time{on(6, 11, 2, 40), on(6, 11, 2, 44), on(6, 11, 9, 13), on(19, 16, 50, 1)} {
		s.s3(call{at: t, who: stranger, api: "GetObject", bucket: corpArchive, key: "partners/feed.json", refused: &why})
	}
	job := role(strangerAccount, "crawler", "i-0c0ffee0c0ffee123", boto)
	for _, t := range s.draw.times(on(10, 0, 0, 0), on(13, 0, 0, 0), 3, machine, nil) {
		s.s3(call{at: t, who: job, api: "ListObjects", bucket: webAssets, refused: &why})
	}
	for _, t := range s.draw.times(on(5, 0, 0, 0), on(9, 0, 0, 0), 2, office, nil) {
		s.s3(call{at: t, who: settlement, api: "GetObject", bucket: partnerFeed, key: "feeds/" + t.Format(time.DateOnly) + ".json", refused: &why})
	}
}
