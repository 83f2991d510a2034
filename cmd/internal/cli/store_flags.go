package cli

import "github.com/spf13/pflag"

// storeFlags are the flags of `trail403 store`.
type storeFlags struct {
	before, grace, out        string
	profile, region, endpoint string
	kmsKey                    string
}

func (o *storeFlags) set() *pflag.FlagSet {
	fs := pflag.NewFlagSet("store", pflag.ContinueOnError)
	fs.SortFlags = false
	fs.Usage = func() {}
	fs.StringVar(&o.before, "before", "", "with forget: remove the events before `DATE`: 2026-01-01")
	fs.StringVar(&o.grace, "grace", "24h",
		"with compact: keep files that were replaced for `SPAN`, since somebody may be reading them")
	fs.StringVarP(&o.out, "output", "o", "", "with export: write the records into `FOLDER`")
	fs.StringVar(&o.profile, "profile", "", "use `PROFILE` of the AWS configuration")
	fs.StringVar(&o.region, "region", "",
		"send the first request to `REGION` (trail403 finds the Region of each bucket itself)")
	fs.StringVar(&o.endpoint, "endpoint-url", "", "use the S3 server at `URL`")
	fs.StringVar(&o.kmsKey, "store-kms-key", "",
		"encrypt what is written to a store in S3 with the KMS key `ID` (default: as the bucket says)")
	return fs
}
