import { defineConfig } from 'tsup'
import { packageBuildForNodeInOne } from '../../tsup.base.ts'

export default defineConfig(packageBuildForNodeInOne())
