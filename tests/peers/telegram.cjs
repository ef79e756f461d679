// telegram-test-api on a free port, with what real Telegram does and it does not: getMe says is_bot, dates are in seconds,
// getUpdates waits, a callback query has its chat_instance, and the webhook is called with its secret.
// Run in the folder of the installed packages; prints the port.
const { createRequire } = require('module')
const need = createRequire(process.cwd() + '/node_modules/telegram-test-api/lib/index.js')
const express = need('express')
const axios = need('axios')
const { TelegramServer } = need('./telegramServer')

const inner = new TelegramServer()
const addBotMessage = inner.addBotMessage.bind(inner)
const bot = { id: 666, is_bot: true, first_name: 'Test', username: 'TestNameBot' }
inner.addBotMessage = (message, token) => {
  const added = addBotMessage(message, token)
  return { ...added, date: Math.floor(added.date / 1000), from: bot }
}
const formatUpdate = TelegramServer.formatUpdate
TelegramServer.formatUpdate = (update) => {
  const made = formatUpdate(update)
  if (made.callback_query) made.callback_query.chat_instance = '1'
  return made
}

const secrets = {}
const app = express()
app.use(express.json())
app.all('/bot:token/getMe', (_req, res) => res.json({ ok: true, result: bot }))
app.all('/bot:token/getUpdates', async (req, _res, next) => {
  const until = Date.now() + 1000 * Number(req.body.timeout || 0)
  const waiting = () => inner.storage.userMessages.some((u) => u.botToken === req.params.token && !u.isRead)
  while (!waiting() && Date.now() < until) await new Promise((done) => setTimeout(done, 20))
  next()
})
app.all('/bot:token/setWebhook', (req, _res, next) => {
  secrets[req.params.token] = { url: req.body.url, secret: req.body.secret_token }
  req.body.url = `http://127.0.0.1:${listening.address().port}/forward/${req.params.token}`
  next()
})
app.post('/forward/:token', async (req, res) => {
  const { url, secret } = secrets[req.params.token]
  const answer = await axios.post(url, req.body, { headers: { 'X-Telegram-Bot-Api-Secret-Token': secret || '' }, validateStatus: () => true })
  res.sendStatus(answer.status)
})
app.use(inner.webServer)
const listening = app.listen(0, '127.0.0.1', () => console.log(`port ${listening.address().port}`))
