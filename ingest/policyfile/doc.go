// Package policyfile reads policies from files: what the AWS CLI printed, what
// iam-collect stored, the state of Terraform, templates of CloudFormation, and
// snapshots of AWS Config.
//
// What a file is, its content decides. A file can be large, broken or hostile, and it
// can hold secrets. So its size is bounded, its JSON is checked before anything else,
// and nothing of it is kept but the policies.
//
// The order of the steps, each using only those before it:
//
//  1. value.go reads JSON values. target.go names what a policy is attached to.
//  2. item.go collects what one file says.
//  3. iam.go, output.go, collected.go, terraform.go, template.go and config.go each
//     read one kind of file, and kind.go chooses among them.
//  4. open.go opens a file, and read.go reads files and folders.
package policyfile
