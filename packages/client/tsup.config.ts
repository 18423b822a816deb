import { defineConfig } from 'tsup'
import { packageBuildForNode } from '../../tsup.base.ts'

export default defineConfig(packageBuildForNode())
