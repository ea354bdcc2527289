# ruff: noqa: E501  (tables are easier to read and to extend one API to a line)
"""Dangerous APIs of JavaScript and TypeScript: lines as `sinks` explains them."""

from __future__ import annotations

LINES = """
child_process.{exec,execSync}          shell    0
child_process.{spawn,spawnSync,execFile,execFileSync}  vector  0
child_process.fork                     vector   0
child_process.{exec,execSync}          folder   1.cwd
child_process.{spawn,spawnSync,execFile,execFileSync,fork}  folder  2.cwd
{promisify-child-process,child-process-promise}.{exec,execSync}  shell  0
{promisify-child-process,child-process-promise}.{spawn,execFile,fork}  vector  0
{node-cmd.run,node-cmd.runSync,node-cmd.get,node-exec-promise.exec,await-exec,exec-sh,sudo-prompt.exec,@vscode/sudo-prompt.exec,@expo/sudo-prompt.exec}  shell  0
{@homebridge/node-pty-prebuilt-multiarch,@lydell/node-pty}.spawn  vector  0
{execa.execaNode,execa.node}           vector  0
{execa.execa,execa.execaSync,execa,cross-spawn,cross-spawn.spawn,cross-spawn.sync,node-pty.spawn,tinyexec.x,tinyexec.exec,nano-spawn}  vector  0
execa.{execaCommand,execaCommandSync,command,commandSync}  words  0
{run-applescript.runAppleScript,run-applescript.runAppleScriptSync,run-applescript,osascript,node-osascript.execute,applescript.execString}  code  0
shelljs.exec                           shell    0
{Bun.spawn,Bun.spawnSync}              process  0
{Bun.spawn,Bun.spawnSync}              process  0.cmd
Deno.Command                           vector   0
Deno.run                               process  0.cmd
{ssh2.Client.exec,node-ssh.NodeSSH.execCommand,node-ssh.NodeSSH.exec}  shell  0
@kubernetes/client-node.Exec.exec      remote   3
dockerode.getContainer.exec            remote   0.Cmd
*.execCommand                          shell    0
ssh2-promise.exec                      shell    0
{node-powershell.PowerShell,node-powershell}.{invoke,addCommand}  shell  0
{@devicefarmer/adbkit,adbkit}.{createClient,Adb.createClient}.shell  shell  1
simple-git.{simpleGit,default,gitP}.{raw,diff,log,show,checkout,branch,fetch,pull,push,merge,reset,tag,add,commit,rebase,stash}  options  0+
simple-git.{raw,diff,log,show,checkout,branch,fetch,pull,push,merge,reset,tag}  options  0+

{eval,Function,GeneratorFunction}      code  0+
AsyncFunction                          code  0+
worker_threads.Worker                  code  0  [eval]
{safe-eval,notevil,require-from-string,node-eval,eval,static-eval}  code  0
jsonpath.{query,value,paths,nodes,parent,apply}  code  1
vm.{runInThisContext,runInNewContext,runInContext,Script,compileFunction,SourceTextModule}  code  0
{vm2.VM.run,vm2.NodeVM.run,vm2.VMScript}  code  0
{lodash.template,lodash.default.template,underscore.template,dot.template}  code  0
{ejs.render,ejs.compile,handlebars.compile,pug.render,pug.compile,nunjucks.renderString,eta.renderString,mustache.render}  template  0
*.Runtime.{evaluate,compileScript}     embedded  0.expression
*.send                                 embedded  1.expression
*.{evaluate,evaluateHandle,executeJavaScript,evaluateJavascript,evaluateOnNewDocument}  embedded  0
{require,import}                       reflect  0
{import-fresh,require-uncached,clear-module}  reflect  0

fs.{readFile,readFileSync,createReadStream,readdir,readdirSync,opendir,opendirSync,readlink,readlinkSync,watch,watchFile,openAsBlob}  path-read  0
fs.{writeFile,writeFileSync,appendFile,appendFileSync,createWriteStream,mkdir,mkdirSync,rm,rmSync,rmdir,rmdirSync,unlink,unlinkSync,truncate,truncateSync,chmod,chmodSync,chown,chownSync}  path-write  0
fs.{open,openSync}                     file        0
fs.{glob,globSync,statfs,statfsSync}   path-read   0
process.chdir                          path-read   0
fs.{mkdtemp,mkdtempSync,utimes,utimesSync,lutimes,lchown}  path-write  0
{jsonfile.readFile,jsonfile.readFileSync,load-json-file.loadJsonFile,load-json-file.loadJsonFileSync,yauzl.open,unzipper.Open.file,recursive-readdir,klaw,readdirp,totalist}  path-read  0
{jsonfile.writeFile,jsonfile.writeFileSync,write-json-file.writeJsonFile,write-file-atomic,write-file-atomic.sync}  path-write  0
{glob.glob,glob.globSync,glob.sync,glob,fast-glob,fast-glob.sync,globby.globby,globby.globbySync,tinyglobby.glob}  path-read  1.cwd
fs.{rename,renameSync}                 path-write  0 1
fs.{copyFile,copyFileSync,cp,cpSync,link,linkSync,symlink,symlinkSync,copy,copySync}  path-read   0
fs.{copyFile,copyFileSync,cp,cpSync,link,linkSync,symlink,symlinkSync,copy,copySync}  path-write  1
fs.{move,moveSync}                     path-write  0 1
fs.{readJson,readJsonSync,readJSON,readJSONSync}  path-read  0
fs.{outputFile,outputFileSync,writeJson,writeJsonSync,writeJSON,outputJson,outputJsonSync,remove,removeSync,ensureDir,ensureDirSync,ensureFile,ensureFileSync,emptyDir,emptyDirSync,mkdirs,mkdirp}  path-write  0
{Bun.file,Deno.readTextFile,Deno.readFile,Deno.readTextFileSync,Deno.readFileSync,Deno.readDir,Deno.readDirSync}  path-read  0
{Bun.write,Deno.writeTextFile,Deno.writeFile,Deno.writeTextFileSync,Deno.writeFileSync,Deno.remove,Deno.mkdir,Deno.create}  path-write  0
Deno.open                              file        0
{rimraf,del,mkdirp,rimraf.rimraf,rimraf.sync,mkdirp.mkdirp,mkdirp.sync,trash}  path-write  0
{xlsx.readFile,exceljs.Workbook.xlsx.readFile,jimp.read,sharp,pdf-lib.load,csvtojson.fromFile}  path-read  0
{xlsx.writeFile,exceljs.Workbook.xlsx.writeFile}  path-write  1
mammoth.{convertToHtml,convertToMarkdown,extractRawText}  path-read  0.path
{better-sqlite3,sqlite3.Database,sql.js.Database}  path-read  0
{simple-git,simple-git.simpleGit}      path-read   0
simple-git.{simpleGit,default}.clone   path-write  1
adm-zip                                path-read   0
adm-zip.extractAllTo                   path-write  0
adm-zip.writeZip                       path-write  0
adm-zip.{addLocalFile,addLocalFolder}  path-read   0
adm-zip.extractEntryTo                 path-write  1
{decompress,extract-zip}               path-read   0
decompress                             path-write  1
tar.{c,create}                         path-write  0.file
{tar.x,tar.extract,tar.t,tar.list}     path-read   0.file
archiver.create.{file,directory}       path-read   0
archiver.{file,directory}              path-read   0
dotenv.config                          path-read   0.path
extract-zip                            path-write  1.dir
{tar.x,tar.extract}                    path-write  0.cwd
*.sendFile                             path-read   0
{obsidian.App.vault,obsidian.Vault}.adapter.{read,readBinary,list,stat,getResourcePath}  path-read  0
{obsidian.App.vault,obsidian.Vault}.adapter.{write,writeBinary,append,appendBinary,process,mkdir,rmdir,remove,trashSystem,trashLocal}  path-write  0
{obsidian.App.vault,obsidian.Vault}.adapter.{rename,copy}  path-write  0 1
{obsidian.App.vault,obsidian.Vault}.{create,createBinary,createFolder}  path-write  0
*.{uploadFile,setInputFiles}           path-read   0
*.{screenshot,pdf}                     path-write  0.path
*.toFile                               path-write  0
{unzipper.Extract,unzip-stream.Extract}  path-write  0.path

{fetch,globalThis.fetch,window.fetch}  url  0
{node-fetch,cross-fetch,isomorphic-fetch,node-fetch-native,ofetch,ofetch.ofetch,node-fetch.default,cross-fetch.fetch}  url  0
{node-fetch-commonjs,isomorphic-unfetch,cross-undici-fetch,minipass-fetch,make-fetch-happen,fetch-retry,node-fetch-cookies.fetch,@whatwg-node/fetch.fetch,impit.fetch}  url  0
{got-scraping.gotScraping,got-scraping,crawlee.gotScraping,impers,cycletls}  url  0
{got-scraping.gotScraping,got-scraping,crawlee.gotScraping}  url  0.url
got-scraping.gotScraping.{get,post,put,patch,delete,head,stream}  url  0
undici.{fetch,request,stream,connect}  url  0
undici.{Client,Pool}                   url  0
urllib.{request,curl,HttpClient.request}  url  0
{simple-get,simple-get.concat,hyperquest,bent,centra,popsicle.fetch,flyio.get,gaxios.request}  url  0
{simple-get,simple-get.concat,gaxios.request,gaxios.Gaxios.request}  url  0.url
{follow-redirects.http,follow-redirects.https}.{get,request}  url  0
http2.connect                          url  0
@actions/http-client.HttpClient.{get,post,put,del,getJson,postJson}  url  0
{axios,axios.default}                  url  0
{axios,axios.default}                  url  0.url
axios.{get,post,put,patch,delete,head,options,getUri}  url  0
axios.{postForm,putForm,patchForm}     url  0
axios.{get,post,put,patch,delete,head,options}  url  1.baseURL 2.baseURL
axios.request                          url  0.url
axios.create                           url  0.baseURL
{got,got.default,ky,ky.default,needle,superagent,phin,wretch}  url  0
{got,ky,superagent}.{get,post,put,patch,delete,head,stream}  url  0
needle.{get,post,put,delete,head}      url  0
needle                                 url  1
{request,request-promise,request-promise-native}  url  0
{request,request-promise,request-promise-native}.{get,post,put,delete,head}  url  0
{http,https}.{get,request}             url  0
{http,https}.{get,request}             url  0.hostname
{http,https}.{get,request}             url  0.host
{WebSocket,EventSource,ws,ws.WebSocket,ws.default,eventsource,eventsource.EventSource}  url  0
{jsdom.JSDOM.fromURL,rss-parser.parseURL,open-graph-scraper,metascraper}  url  0
*.goto                                 url  0
*.getDocument                          url  0.url
cheerio.fromURL                        url  0
{download,node-downloader-helper.DownloaderHelper,image-downloader.image}  url  0
simple-git.{simpleGit,default}.clone   url  0

pg.{Client,Pool}.query                 sql  0
pg.{Client,Pool}.query                 sql  0.text
pg.Pool.connect.query                  sql  0
{mysql,mysql2,mysql2/promise,mariadb}.{createConnection,createPool}.{query,execute}  sql  0
{mysql,mysql2,mysql2/promise,mariadb}.{createConnection,createPool}.{query,execute}  sql  0.sql
{mysql,mysql2,mysql2/promise,mariadb}.createPool.getConnection.{query,execute}  sql  0
better-sqlite3.{prepare,exec}          sql  0
sqlite3.Database.{run,all,get,each,exec,prepare}  sql  0
sqlite.open.{run,all,get,each,exec,prepare}  sql  0
{bun:sqlite.Database,sqlite.DatabaseSync}.{query,prepare,run,exec}  sql  0
knex.{raw,default.raw}                 sql  0
{knex,knex.default,knex.knex}.{raw,whereRaw,orderByRaw,havingRaw,joinRaw,selectRaw}  sql  0
*.{$queryRawUnsafe,$executeRawUnsafe}  sql  0
*.{whereRaw,orderByRaw,havingRaw,joinRaw}  sql  0
sequelize.Sequelize.query              sql  0
{sequelize,sequelize.Sequelize}.literal  sql  0
{kysely.sql,@prisma/client.Prisma,@vercel/postgres.sql}.raw  sql  0
{snowflake-sdk.createConnection,snowflake-sdk.createPool}.execute  sql  0.sqlText
{@libsql/client.createClient,@libsql/client/web.createClient}.{execute,executeMultiple}  sql  0
{@libsql/client.createClient,@libsql/client/web.createClient}.execute  sql  0.sql
{@neondatabase/serverless.neon,postgres}.{query,unsafe}  sql  0
oracledb.getConnection.execute         sql  0
{@duckdb/node-api.DuckDBInstance.create.connect,@duckdb/node-api.DuckDBConnection}.{run,runAndReadAll,stream}  sql  0
postgres.unsafe                        sql  0
drizzle-orm.sql.raw                    sql  0
{neo4j-driver,neo4j-driver.default}.driver.session.run  sql  0
{neo4j-driver,neo4j-driver.default}.driver.executeQuery  sql  0
@clickhouse/client.createClient.{query,command,exec}  sql  0.query
mssql.{query,default.query}            sql  0
@google-cloud/bigquery.BigQuery.{query,createQueryJob}  sql  0
duckdb.Database.{run,all,exec,each}    sql  0

{node-serialize,serialize-to-js,cryo,funcster}.{unserialize,deserialize,parse,deepDeserialize}  deserialise  0
js-yaml.{unsafeLoad,unsafeLoadAll}     deserialise  0
{libxmljs,libxmljs2}.{parseXml,parseXmlString}  xml  0
*.{find,findOne,countDocuments,deleteMany,deleteOne,updateMany,updateOne,findOneAndUpdate}  code  0.$where
RegExp                                 regex  0
"""

__all__ = ["LINES"]
