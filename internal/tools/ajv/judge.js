// Reads what internal/judges prints from standard input, and wants ajv to say of each document what is written there.
import { readFileSync } from 'node:fs'
import Ajv from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'

const { Schema, Cases } = JSON.parse(readFileSync(0, 'utf8'))
const ajv = new Ajv.default({ strict: true, strictRequired: false })
addFormats.default(ajv)
const validate = ajv.compile(Schema)

let wrong = 0
for (const { Name, Text, Valid } of Cases) {
  const valid = validate(JSON.parse(Text))
  if (valid !== Valid) {
    wrong++
    console.error(`${Name}: ajv says ${valid ? 'valid' : ajv.errorsText(validate.errors)}, want ${Valid ? 'valid' : 'a fault'}`)
  }
}
const faulty = Cases.filter((c) => !c.Valid).length
if (Cases.length < 50 || faulty < 20) {
  console.error(`only ${Cases.length} cases, ${faulty} of them with a fault: nothing is judged`)
  wrong++
}
console.log(`ajv: ${Cases.length} documents, ${faulty} with a fault`)
process.exitCode = wrong ? 1 : 0
